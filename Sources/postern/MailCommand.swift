import ArgumentParser

/// `postern mail`: messages on their way out.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Deliver mail, and see what is on its way.",
        subcommands: [MailDeliver.self, MailList.self])
}
