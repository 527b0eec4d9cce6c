import AccountFiles
import Accounts
import Cryptography

/// What a listing says of an account.
struct AccountListing {
    let account: Account
    /// When its owner last signed in or asked for a page, as far as that is known still.
    let lastSeen: Timestamp?

    init(_ account: Account, in store: AccountDirectory) throws {
        self.account = account
        let used = account.sessions.map(\.usedAt).max()
        let signedIn = try store.events(of: account.id, atMost: .max)
            .first { $0.kind == .signedIn }?.at
        lastSeen = [used, signedIn].compactMap(\.self).max()
    }

    /// A line for people; what there is not, is not mentioned.
    var line: String {
        var words = [account.email.text, "created \(account.createdAt.day)"]
        if let lastSeen { words.append("seen \(lastSeen.day)") }
        words += groups.map { "group \($0)" } + factors.map { "factor \($0)" }
        switch account.password {
        case nil: words.append("no password")
        case .imported: words.append("imported password")
        case .own: break
        }
        if account.isDisabled { words.append("disabled") }
        if account.name != .none { words.append(account.name.text) }
        return words.joined(separator: "  ")
    }

    /// The members of a JSON object for programs.
    var json: [JSON.Member] {
        [
            ("account", .text(account.id.text)), ("address", .text(account.email.text)),
            ("name", .text(account.name.text)), ("language", .optional(account.language?.text)),
            ("created", .text(account.createdAt.text)),
            ("seen", .optional(lastSeen?.text)), ("disabled", .truth(account.isDisabled)),
            ("groups", .texts(groups)), ("factors", .texts(factors)),
            ("hash_kind", .optional(account.password?.kind)),
        ]
    }

    private var groups: [String] { account.groups.map(\.text).sorted() }

    private var factors: [String] {
        (account.factors.apps.isEmpty ? [] : ["app"])
            + (account.factors.phone == nil ? [] : ["phone"])
    }
}

extension PasswordHash {
    /// Whose hash it is.
    fileprivate var kind: String {
        switch self {
        case .own: "own"
        case .imported: "imported"
        }
    }
}

extension Timestamp {
    /// The day alone, such as `2026-11-21`.
    fileprivate var day: String { String(text.prefix(10)) }
}
