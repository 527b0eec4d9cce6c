import AccountFiles
import AccountSite
import Accounts
import ArgumentParser
import Glibc
import Installation
import LiveWorld

/// `postern accounts group`: puts somebody into a group, or takes them out.
struct AccountsGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group",
        abstract: "Put an account into a group, or take it out.",
        discussion: """
            Groups are named in 'second-factor-required', 'single-sign-on' and 'gate' of postern.conf. \
            A name is of small letters, digits and hyphens.

            Example:
              postern accounts group ada@example.org staff --data /var/lib/millbrook
            """)

    @OptionGroup var account: AccountOption

    @Argument(help: "The name of the group.")
    var group: GroupName

    @Flag(help: "Take the account out of the group.")
    var remove = false

    func run() throws {
        let (store, account) = try account.find()
        _ = try stored {
            try store.update(account.id) { account in
                if remove {
                    account.groups.remove(group)
                } else {
                    account.groups.insert(group)
                }
            }
        }
        try self.account.log(remove ? .groupRemoved : .groupAdded, account)
    }
}

/// `postern accounts remove-factors`: for somebody who has lost every one of them.
struct AccountsRemoveFactors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-factors",
        abstract: "Remove every second factor of somebody who has lost them all.",
        discussion: """
            Make sure first who is asking: whoever has talked you into this is left with the password \
            to get past. The owner is told by mail, every session ends, and the reason stands in the log.

            Example:
              postern accounts remove-factors ada@example.org --reason "called back"
            """)

    @Option(help: "Why, in one line, for the log.")
    var reason: String

    @OptionGroup var account: AccountOption

    func validate() throws {
        guard !reason.isEmpty, !reason.contains(where: \.isNewline) else {
            throw ValidationError("the reason must be one line")
        }
    }

    func run() throws {
        let (_, account) = try account.find()
        guard !account.factors.isEmpty else {
            throw Complaint("\(account.email.text) has no second factor").exit(EX_DATAERR)
        }
        let world = try self.account.data.openWorld()
        try stored { try Operator.removeFactors(of: account.id, because: reason, in: world) }
    }
}
