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

            It asks the site's own web server, too, by 'curl' and at the address in postern.conf: whether \
            pages arrive as 'account' answers them, whether anybody could read the data directory or the \
            templates, and whether a forged address is believed. That one leaves a line about a dead \
            link in the log. With --json each finding is an object in a line: 'problem', 'remedy'.

            Examples:
              postern doctor --data /var/lib/millbrook
              postern doctor --offline --json
            """)

    @Flag(help: "Do not ask the web server.")
    var offline = false

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let path = try installed { () throws(InstallationError) in try data.path() }
        var defects = Examination.defects(
            of: path, at: .now, forms: Pages.forms, mails: Pages.mails, messages: Pages.messages)
        if !offline { defects += Self.defectsOutside(path) }
        for defect in defects {
            print(json ? defect.json.line : defect.description)
        }
        guard defects.isEmpty else { throw ExitCode.failure }
        if isatty(STDERR_FILENO) == 1 {
            say("\(path): nothing is wrong; the sandbox can be made of \(Self.meansOfSandbox)")
        }
    }

    /// What the web server does wrong, if it is known where it is.
    private static func defectsOutside(_ path: String) -> [Defect] {
        guard let data = try? DataDirectory(path: path),
            let configuration = try? data.configuration()
        else { return [] }
        do {
            return try WebExamination(of: data, configuration).defects()
        } catch let error as DownloadError {
            return [
                Defect(
                    "the web server was not asked: \(error.message)",
                    remedy: error.hint ?? "leave it out with --offline")
            ]
        } catch {
            return [Defect("\(error)")]
        }
    }

    private static var meansOfSandbox: String {
        let landlock = (try? Kernel.landlockVersion).map { "Landlock (version \($0))" }
        let filter = (try? Kernel.filtersSystemCalls) == true ? "seccomp" : nil
        let means = [landlock, filter].compactMap(\.self)
        return means.isEmpty ? "nothing" : means.joined(separator: " and ")
    }
}

extension Defect {
    fileprivate var json: JSON {
        .object([
            ("problem", .text(problem)), ("remedy", .optional(remedy.isEmpty ? nil : remedy)),
        ])
    }
}
