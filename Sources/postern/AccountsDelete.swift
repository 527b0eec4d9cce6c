import AccountFiles
import Accounts
import ArgumentParser
import Glibc

/// `postern accounts delete`: removes an account for good.
struct AccountsDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an account and all that belongs to it.",
        discussion: """
            Its sessions end, and its address is free again. It cannot be undone; 'postern accounts \
            disable' keeps somebody out as well. On a terminal, the address has to be typed again.

            Example:
              postern accounts delete ada@example.org --yes --data /var/lib/millbrook
            """)

    @Flag(help: "Do not ask for the address again.")
    var yes = false

    @OptionGroup var account: AccountOption

    func run() throws {
        let (store, account) = try account.find()
        if !yes { try confirm(account.email) }
        try stored { try store.remove(account.id) }
        try self.account.log(.deleted, account)
    }

    private func confirm(_ email: EmailAddress) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Complaint(
                "nothing was deleted, for there is nobody who could confirm it",
                hint: "--yes deletes without asking"
            ).exit(EX_USAGE)
        }
        print("Type the address again to delete its account: ", terminator: "")
        fflush(nil)
        guard let typed = readLine(), EmailAddress(typed) == email else {
            throw Complaint("that is not the address, so nothing was deleted").exit(EX_USAGE)
        }
    }
}
