import AccountFiles
import Accounts
import ArgumentParser
import Cryptography
import Glibc
import Installation
import UserTables

/// `postern accounts import`: accounts from the table of another program.
struct AccountsImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over the users of another program, with their passwords.",
        discussion: """
            The table is JSON, a line for each user; CSV with the names of the columns in the first \
            line, which may be those of WordPress and Django; or a file of htpasswd. You vouch for the \
            addresses: nobody has to confirm one. docs/accounts.md says which hashes of passwords are \
            understood; each makes way for one of ours when its owner signs in. Whoever has none that \
            works can ask for a link to a new password.

            Who has an account already is skipped, so run it again if it was cut off. What cannot be \
            taken over is complained of with its line; the exit status is 65 then, and the rest is done.

            Examples:
              postern accounts import --form csv --dry-run wp_users.csv
              postern accounts import --form htpasswd --domain example.org \\
                /etc/nginx/members
            """)

    @Argument(help: "The table.", completion: .file())
    var table: String

    @Option(help: "How it is written.")
    var form: UserTable.Format

    @Option(help: "The domain of those users whose address is a name without one.")
    var domain: String?

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        var errand = try installed { () throws(InstallationError) in
            try ImportErrand(data, isDry: dryRun)
        }
        let descriptor = unsafe open(table, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint("\(table): \(unsafe String(cString: strerror(errno)))").exit(EX_NOINPUT)
        }
        defer { close(descriptor) }
        var status = stat()
        unsafe fstat(descriptor, &status)

        var rows: UserTable
        do {
            rows = try UserTable(descriptor, form, domain: domain)
        } catch {
            throw Complaint("\(table):1: \(error)").exit(EX_DATAERR)
        }
        var progress = ProgressLine()
        while let row = rows.next() {
            if let refusal = try stored({ try errand.take(row.user) }) {
                progress.clear()
                Complaint("\(table):\(row.line): \(refusal)").print()
            }
            let share = status.st_size > 0 ? Double(rows.byteCount) / Double(status.st_size) : nil
            progress.show("importing", share)
        }
        progress.clear()
        try stored { try errand.finish() }

        print("accounts \(dryRun ? "to be added" : "added"): \(errand.added)")
        print("accounts that were there already: \(errand.skipped)")
        print("users that cannot be taken over: \(errand.refused)")
        guard errand.refused == 0 else { throw ExitCode(EX_DATAERR) }
    }
}

extension UserTable.Format: ExpressibleByArgument {}
