import ArgumentParser

/// The operator's command.
@main struct Postern: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "Account security for small sites.",
        subcommands: [
            Initialise.self, Build.self, MailCommand.self, Keys.self, AccountsCommand.self,
            Sessions.self, Sweep.self, Doctor.self, WordsCommand.self, BreachedCommand.self,
        ])
}
