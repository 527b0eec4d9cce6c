import Accounts
import AccountFiles
import ArgumentParser
import Glibc
import Installation

/// `postern accounts`: one account at a time.
struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "See an account, keep somebody out of it, or let them in again.",
        discussion: "There is no way to see or to choose anybody's password.",
        subcommands: [
            AccountsShow.self, AccountsDisable.self, AccountsEnable.self, AccountsGroup.self,
            AccountsRemoveFactors.self,
        ])
}

/// The address of an account, and the installation in which it is.
struct AccountOption: ParsableArguments {
    @Argument(help: "The address of the account.")
    var address: String

    @OptionGroup var data: DataOption

    /// Finds the account.
    func find() throws -> (store: AccountDirectory, account: Account) {
        guard let email = EmailAddress(address) else {
            Complaint("'\(address.escaped(limit: 254))' is not an e-mail address").print()
            throw ExitCode(EX_USAGE)
        }
        let data = try data.open()
        let store = try installed { () throws(InstallationError) in try data.store() }
        guard let account = try stored({ try store.account(at: email) }) else {
            Complaint("nobody has an account at \(email.text)").print()
            throw ExitCode(EX_NOUSER)
        }
        return (store, account)
    }
}

/// `postern accounts show`: what is known of an account.
struct AccountsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an account, its sessions and what happened to it last.",
        discussion: """
            Example:
              postern accounts show ada@example.org --data /var/lib/millbrook
            """)

    @OptionGroup var account: AccountOption

    func run() throws {
        let (store, account) = try account.find()
        let events = try stored { try store.events(of: account.id, atMost: 20) }
        print("account   \(account.id.text)")
        print("address   \(account.email.text)")
        if account.name != .none { print("name      \(account.name.text)") }
        print("created   \(account.createdAt.text)")
        print("disabled  \(account.isDisabled ? "yes" : "no")")
        print(
            "password  \(account.password == nil ? "none" : "since \(account.passwordChangedAt.text)")"
        )
        if let renewal = account.renewal {
            print("renewal   since \(renewal.since.text), \(renewal.reason.rawValue)")
        }
        for group in account.groups.map(\.text).sorted() {
            print("group     \(group)")
        }
        for app in account.factors.apps {
            print("factor    app since \(app.addedAt.text), \(app.name.text)")
        }
        if let phone = account.factors.phone {
            print("factor    phone since \(phone.addedAt.text), \(phone.number.text)")
        }
        if !account.factors.isEmpty {
            print("codes     \(account.factors.recoveryCodes.count) left")
        }
        for (audience, moment) in account.audiences.sorted(by: { $0.key.text < $1.key.text }) {
            print("audience  \(audience.text) since \(moment.text)")
        }
        for session in account.sessions {
            print(
                "session   since \(session.signedInAt.text), used \(session.usedAt.text), "
                    + "\(session.visitor.network) \(session.visitor.browser)")
        }
        for event in events {
            print("event     \(event.text)")
        }
    }
}

/// `postern accounts disable`: keeps somebody out.
struct AccountsDisable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "End every session of an account, and let nobody sign in to it.",
        discussion: """
            The account stays as it is otherwise, and can be enabled again.

            Example:
              postern accounts disable ada@example.org --data /var/lib/millbrook
            """)

    @OptionGroup var account: AccountOption

    func run() throws {
        let (store, account) = try account.find()
        _ = try stored {
            try store.update(account.id) { $0.disable() }
        }
    }
}

/// `postern accounts enable`: lets somebody in again.
struct AccountsEnable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let somebody sign in again to an account that was disabled.",
        discussion: """
            Example:
              postern accounts enable ada@example.org --data /var/lib/millbrook
            """)

    @OptionGroup var account: AccountOption

    func run() throws {
        let (store, account) = try account.find()
        _ = try stored { try store.update(account.id) { $0.isDisabled = false } }
    }
}
