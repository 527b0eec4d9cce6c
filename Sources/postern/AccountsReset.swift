import AccountSite
import Accounts
import ArgumentParser
import Glibc
import LiveWorld

/// `postern accounts reset`: starts a reset, as its owner could.
struct AccountsReset: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Mail somebody a link to a new password.",
        discussion: """
            The link works once, for an hour. Until it is used, the old password works, and sessions \
            stay; 'postern accounts disable' ends them at once.

            Example:
              postern accounts reset ada@example.org --data /var/lib/millbrook
            """)

    @OptionGroup var account: AccountOption

    func run() throws {
        let (_, account) = try account.find()
        guard !account.isDisabled else {
            throw Complaint(
                "the account of \(account.email.text) is disabled",
                hint: "'postern accounts enable' comes first"
            ).exit(EX_DATAERR)
        }
        let world = try self.account.data.openWorld()
        try stored { try Operator.mailReset(to: account, in: world) }
    }
}
