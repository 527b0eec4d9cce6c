import ArgumentParser

/// `postern throttle`: who has to wait after too many failures.
struct ThrottleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throttle",
        abstract: "See who has to wait after too many failures, and let them try again.",
        subcommands: [ThrottleList.self, ThrottleLift.self])
}
