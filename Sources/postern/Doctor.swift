import AccountSite
import Accounts
import ArgumentParser
import Installation

/// `postern doctor`: what is wrong with an installation.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is wrong with an installation, line by line.",
        discussion: """
            Every line names a place, what is wrong there, and what to do. Nothing is changed. The \
            exit status is 0 if there is nothing to say, and 1 otherwise. Run it as the user as whom \
            the programs run.

            Example:
              postern doctor --data /var/lib/millbrook
            """)

    @OptionGroup var data: DataOption

    func run() throws {
        let path = try installed { () throws(InstallationError) in try data.path() }
        let defects = Examination.defects(
            of: path, at: .now, forms: Pages.forms, mails: Pages.mails, messages: Pages.messages)
        for defect in defects {
            print(defect)
        }
        guard defects.isEmpty else { throw ExitCode.failure }
    }
}
