import ArgumentParser

/// The operator's command.
@main struct Postern: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "Account security for small sites.",
        subcommands: [
            Initialise.self, Upgrade.self, Build.self, PreviewCommand.self, Deliver.self,
            MailCommand.self, TextsCommand.self, Keys.self, AccountsCommand.self, Sessions.self,
            Sweep.self, BreachedCommand.self,
            Doctor.self, WordsCommand.self,
        ])
}
