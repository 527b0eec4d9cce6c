import Accounts
import ArgumentParser
import Foundation
import Glibc
import Installation

/// `postern init`: a data directory with a configuration, new keys and no accounts.
struct Initialise: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the data directory of a site.",
        discussion: """
            The directory must be new or empty, and outside of everything that a web server shows. \
            Run this as the user as whom the programs will run; nobody else can use the directory.

            On a terminal it asks for the name and the address of the site where they are not given.

            Example:
              postern init /var/lib/millbrook --url https://seeds.example \\
                --name "Millbrook Seed Library" --forms /srv/millbrook/forms.seg --mail sendmail
            """)

    /// How mail leaves.
    enum Mail: String, ExpressibleByArgument, CaseIterable {
        case maildir
        case sendmail

        var setting: String {
            switch self {
            case .maildir: "maildir mail"
            case .sendmail: "sendmail /usr/sbin/sendmail"
            }
        }
    }

    /// How text messages leave.
    enum Texts: String, ExpressibleByArgument, CaseIterable {
        case none
        case folder

        /// The value of `texts`; nil for the one that holds where none is given.
        var setting: String? {
            switch self {
            case .none: nil
            case .folder: "folder texts"
            }
        }
    }

    @Argument(help: "The directory to make.", completion: .directory)
    var directory: String

    @Option(help: "The site's address, such as https://seeds.example.")
    var url: String?

    @Option(help: "The compiled templates, as 'postern build' wrote them.", completion: .file())
    var forms = "forms.seg"

    @Option(help: "The site's name, as people know it.")
    var name: String?

    @Option(
        help: "How mail leaves: into the Maildir 'mail' of the directory, or by /usr/sbin/sendmail."
    )
    var mail = Mail.sendmail

    @Option(
        help: ArgumentHelp(
            "How text messages leave: not at all, or into the folder 'texts' of the directory, for a demo; docs/texts.md says how they reach telephones."
        ))
    var texts: Texts = .none

    @Option(help: "From whom mail comes (default: security@ the site's host).")
    var from: String?

    func validate() throws {
        guard
            ![url ?? "", forms, name ?? "", from ?? ""].contains(where: {
                $0.contains(where: \.isNewline)
            })
        else { throw ValidationError("a value must be one line") }
    }

    func run() throws {
        let name = try name ?? Self.ask("the site's name, as people know it", option: "--name")
        let url = try url ?? Self.ask("its address, such as https://seeds.example", option: "--url")
        let sender = from ?? Self.defaultSender(url)
        var values = [
            "url": url, "name": name, "forms": absoluteForms, "mail": mail.setting,
            "mail-from": sender,
        ]
        values["texts"] = texts.setting
        let text = ConfigurationText.commented(values)
        do {
            _ = try Configuration(text: text)
        } catch {
            for complaint in error.complaints {
                Complaint(complaint.text, hint: "see 'postern init --help'").print()
            }
            throw ExitCode(EX_USAGE)
        }
        let data = try installed { () throws(InstallationError) in
            try DataDirectory.create(
                path: directory, configuration: text, at: Timestamp.now.seconds)
        }
        if isatty(STDERR_FILENO) == 1 {
            report(data.path, sender)
        }
    }

    /// Asks a question on the terminal; where there is none, complains of the option that is missing.
    private static func ask(_ question: String, option: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw Complaint("\(option) is missing", hint: "only on a terminal it is asked for")
                .exit(EX_USAGE)
        }
        while true {
            sayWithoutEnd("\(question): ")
            guard let answer = readLine() else { throw ExitCode(EX_USAGE) }
            if !answer.allSatisfy(\.isWhitespace) { return answer }
        }
    }

    /// Says what there is now, and what comes next.
    private func report(_ path: String, _ sender: String) {
        say("\(path): new keys, no accounts; only you can use it")
        say("\(path)/postern.conf: the settings, each with what it means")
        say("mail comes from \(sender), and leaves by '\(mail.setting)'")
        say(
            """
            next:
              start 'account' with POSTERN_DATA=\(path) behind the web server, see hosting/
              postern deliver --watch --data \(path), as a service
              postern sweep --data \(path), once a day
              postern doctor --data \(path)
            """)
    }

    private var absoluteForms: String {
        forms.hasPrefix("/") ? forms : URL(filePath: forms).standardizedFileURL.path()
    }

    /// An address at the site's host, or at none where the host can have no mail.
    private static func defaultSender(_ url: String) -> String {
        let address = "security@\(SiteURL(url)?.host ?? "")"
        return EmailAddress(address) == nil ? "security@localhost.invalid" : address
    }
}
