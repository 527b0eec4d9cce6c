import Accounts
import ArgumentParser
import Installation
import Mail

/// `postern mail list`: what is in the spool.
struct MailList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the mail that has not left yet, or was given up.",
        discussion: """
            One line for each message: its file below spool/, when it came, to whom it goes, how \
            often it was tried, and why the last attempt did not succeed. A failed one is tried again \
            once its file is moved to spool/new; what nobody needs can be removed.

            Example:
              postern mail list --data /var/lib/millbrook
            """)

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let spool = try installed { () throws(InstallationError) in try data.spool() }
        for listing in try stored({ try spool.list() }) {
            print(Self.line(of: listing))
        }
    }

    private static func line(of listing: MailListing) -> String {
        let file = "\(listing.state.rawValue)/\(listing.name)"
        guard let mail = listing.mail else { return "\(file)  not a message of this program" }
        let came = Timestamp(seconds: mail.addedAt).text
        let line = "\(file)  \(came)  \(mail.recipient.address)  attempts \(mail.attempts)"
        return mail.reason.isEmpty ? line : "\(line)  \(mail.reason)"
    }
}
