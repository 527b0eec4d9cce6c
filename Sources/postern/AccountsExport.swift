import AccountFiles
import Accounts
import ArgumentParser
import Cryptography
import Glibc
import Installation

/// `postern accounts export`: the accounts as a file.
struct AccountsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the accounts into a file.",
        discussion: """
            As JSON it is what 'postern accounts list --json' writes, a line for each account, and \
            'postern accounts import' reads it. Second factors and sessions stay here. With \
            --with-hashes a line has the hash of the password, too: one that was made here is good \
            only together with the pepper of this installation; one that was imported is good for \
            whoever finds the file to try passwords on, so move the file and remove it.

            As htpasswd it has those accounts whose hashes Apache and nginx understand. They are the ones \
            that were imported in such a form, whose owners have not signed in since, and that are not \
            disabled.

            Examples:
              postern accounts export --output accounts.jsonl
              postern accounts export --with-hashes --output move.jsonl
              postern accounts export --form htpasswd --output /etc/nginx/members
            """)

    /// How the file is written.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case jsonl
        case htpasswd
    }

    @Option(help: "How it is written.")
    var form = Form.jsonl

    @Option(help: "The file to make, which only you can read.", completion: .file())
    var output: String

    @Flag(help: "Write the hashes of the passwords, too.")
    var withHashes = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let (store, hasher) = try installed { () throws(InstallationError) in
            let configuration = try data.configuration()
            let hasher = PasswordHasher(
                peppers: try data.peppers(configuration), parameters: configuration.scrypt)
            return (try data.store(), hasher)
        }
        var file = try PrivateFile(path: output)
        var (written, left) = (0, 0)
        var progress = ProgressLine()
        try forEachListing(in: store) { listing in
            if let line = try line(listing, hasher) {
                try file.write(line + "\n")
                written += 1
            } else {
                left += 1
            }
            progress.show("\(written) accounts", nil)
        }
        progress.clear()
        try file.finish()

        let act: LogEntry.MovingAct =
            withHashes || form == .htpasswd ? .exportedWithHashes : .exported
        data.log.write(LogEntry(.moved(act, accounts: written), at: .now))
        print("accounts written: \(written)")
        if form == .htpasswd { print("accounts left out: \(left)") }
    }

    private func line(_ listing: AccountListing, _ hasher: PasswordHasher) throws -> String? {
        let account = listing.account
        switch form {
        case .jsonl:
            guard withHashes else { return JSON.object(listing.json).line }
            let hash = try account.password.map { try text(of: $0, hasher) }
            return JSON.object(listing.json + [("hash", .optional(hash))]).line
        case .htpasswd:
            guard case .imported(let sealed) = account.password, !account.isDisabled else {
                return nil
            }
            let hash = try hasher.open(sealed)
            return hash.isOfHtpasswd ? "\(account.email.text):\(hash.text)" : nil
        }
    }

    private func text(of hash: PasswordHash, _ hasher: PasswordHasher) throws -> String {
        switch hash {
        case .own(let own): own.text
        case .imported(let sealed): try hasher.open(sealed).text
        }
    }
}
