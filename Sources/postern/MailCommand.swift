import ArgumentParser

/// `postern mail`: messages on their way out.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "See what mail is on its way.",
        subcommands: [MailList.self])
}
