import ArgumentParser

/// `postern breached`: lists of breached passwords.
struct BreachedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breached",
        abstract: "Get and use lists of breached passwords.",
        subcommands: [
            BreachedDownload.self
        ])
}
