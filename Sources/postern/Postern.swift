import ArgumentParser
import Glibc

/// The operator's command.
@main struct Postern: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "Account security for small sites.",
        version: "postern \(Version.text)",
        subcommands: [
            Initialise.self, Upgrade.self, Build.self, PreviewCommand.self, Deliver.self,
            MailCommand.self, TextsCommand.self, Keys.self, AccountsCommand.self, Sessions.self,
            ThrottleCommand.self, LogCommand.self, BackUp.self, Restore.self, Sweep.self,
            BreachedCommand.self, Doctor.self, WordsCommand.self,
        ])

    /// Runs the command that the arguments name, and complains of arguments that name none.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            // Whoever threw it has said why.
            exit(withError: code)
        } catch  where exitCode(for: error) == .validationFailure {
            let lines = message(for: error).split(separator: "\n").map(String.init)
            let complaint = Complaint(
                lines.joined(separator: " "),
                hint: "'postern help' lists the commands, and --help explains each")
            exit(withError: complaint.exit(EX_USAGE))
        } catch {
            exit(withError: error)
        }
    }
}
