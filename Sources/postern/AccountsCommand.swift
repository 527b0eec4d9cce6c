import Accounts
import AccountFiles
import ArgumentParser
import Cryptography
import Glibc
import Installation

/// `postern accounts`: who has an account.
struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "See who has an account, invite people, keep them out, move them here.",
        discussion: "There is no way to see or to choose anybody's password.",
        subcommands: [
            AccountsList.self, AccountsFind.self, AccountsShow.self, AccountsAdd.self,
            AccountsReset.self, AccountsDisable.self, AccountsEnable.self, AccountsGroup.self,
            AccountsRemoveFactors.self, AccountsDelete.self, AccountsExport.self,
            AccountsImport.self,
        ])
}

/// The address of an account, and the installation in which it is.
struct AccountOption: ParsableArguments {
    @Argument(help: "The address of the account.")
    var address: String

    @OptionGroup var data: DataOption

    /// Finds the account.
    func find() throws -> (store: AccountDirectory, account: Account) {
        let email = try EmailAddress(typed: address)
        let (_, store) = try data.openStore()
        guard let account = try stored({ try store.account(at: email) }) else {
            throw Complaint("nobody has an account at \(email.text)").exit(EX_NOUSER)
        }
        return (store, account)
    }

    /// Writes into the site's log what was done to the account.
    func log(_ act: LogEntry.OperatorAct, _ account: Account) throws {
        let entry = LogEntry(.operated(act, account: account.id, user: account.email), at: .now)
        try data.open().log.write(entry)
    }
}

extension EmailAddress {
    /// Takes the address that stood on the command line; complains of what is none.
    init(typed: String) throws {
        guard let address = Self(typed) else {
            throw Complaint("'\(typed.escaped(limit: 254))' is not an e-mail address")
                .exit(EX_USAGE)
        }
        self = address
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

    @Flag(help: "Write a JSON object in one line.")
    var json = false

    @OptionGroup var account: AccountOption

    func run() throws {
        let (store, account) = try account.find()
        let events = try stored { try store.events(of: account.id, atMost: 20) }
        guard !json else {
            let listing = try stored { try AccountListing(account, in: store) }
            let details: [JSON.Member] = [
                ("sessions", .list(account.sessions.map(\.json))),
                ("events", .list(events.map(\.json))),
            ]
            return print(JSON.object(listing.json + details).line)
        }
        print("account   \(account.id.text)")
        print("address   \(account.email.text)")
        if account.name != .none { print("name      \(account.name.text)") }
        print("created   \(account.createdAt.text)")
        print("disabled  \(account.isDisabled ? "yes" : "no")")
        switch account.password {
        case nil: print("password  none")
        case .own: print("password  since \(account.passwordChangedAt.text)")
        case .imported: print("password  imported, and not used here yet")
        }
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

extension Session {
    /// The session for programs.
    fileprivate var json: JSON {
        .object([
            ("since", .text(signedInAt.text)), ("used", .text(usedAt.text)),
            ("network", .text(visitor.network)), ("browser", .text(visitor.browser)),
        ])
    }
}

extension Event {
    /// The event for programs.
    fileprivate var json: JSON {
        .object([
            ("at", .text(at.text)), ("kind", .text(kind.rawValue)),
            ("network", .text(visitor.network)), ("browser", .text(visitor.browser)),
        ])
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
        try self.account.log(.disabled, account)
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
        try self.account.log(.enabled, account)
    }
}
