import AccountSite
import Accounts
import ArgumentParser
import Glibc
import Installation
import Sandbox

/// `postern doctor`: what is wrong with an installation.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is wrong with an installation, line by line.",
        discussion: """
            Every line names a place, what is wrong there, and what to do. Nothing is changed. The \
            exit status is 0 if there is nothing to say, and 1 otherwise. Run it as the user as whom \
            the programs run, and on their machine: it also asks the kernel for what their sandbox is \
            made of.

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
        if isatty(STDERR_FILENO) == 1 {
            say("\(path): nothing is wrong; the sandbox can be made of \(Self.meansOfSandbox)")
        }
    }

    private static var meansOfSandbox: String {
        let landlock = (try? Kernel.landlockVersion).map { "Landlock (version \($0))" }
        let filter = (try? Kernel.filtersSystemCalls) == true ? "seccomp" : nil
        let means = [landlock, filter].compactMap(\.self)
        return means.isEmpty ? "nothing" : means.joined(separator: " and ")
    }
}
