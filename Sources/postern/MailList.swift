import ArgumentParser
import Installation

/// `postern mail list`: what is in the spool.
struct MailList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the mail that has not left yet, or was given up.",
        discussion: """
            One line for each message: its file below spool/, when it came, to whom it goes, how \
            often it was tried, and why the last attempt did not succeed. A failed one is tried again \
            once its file is moved to spool/new; what nobody needs can be removed. With --json a line \
            is an object: 'file', 'added_at', 'to', 'attempts', 'due_at', 'reason'.

            Example:
              postern mail list --data /var/lib/millbrook
            """)

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let spool = try installed { () throws(InstallationError) in try data.mailSpool() }
        try printListings(of: spool, json: json)
    }
}
