package import Cryptography

/// Something that waits until the owner of a mailbox says yes.
///
/// For each purpose an address has at most one, so that a newer message voids the older; notices
/// alone stand side by side. The mailed link and code are kept only as tags; whoever reads the file can
/// use neither.
package struct Confirmation: Sendable, Equatable {
    /// What is to be confirmed.
    package enum Purpose: String, Sendable, CaseIterable {
        /// Proving the address with which somebody signed up.
        case signUp = "sign-up"
        /// Choosing a new password for an account whose password is forgotten.
        case reset
        /// Moving an account to another address.
        case address
        /// Saying that a change of which a notice told was not one's own.
        case notMe = "not-me"
        /// Proving the address to which the operator has sent an invitation.
        case invitation

        /// How long the link works, in seconds.
        package var lifetime: Int64 {
            switch self {
            case .signUp, .address: Duration.day
            case .reset: Duration.hour
            case .notMe: 30 * Duration.day
            case .invitation: 7 * Duration.day
            }
        }
    }

    /// A change of which the owner of an account is told.
    package enum Change: String, Sendable, CaseIterable {
        case passwordChanged = "password-changed"
        case passwordReset = "password-reset"
        case addressChanged = "address-changed"
        case newDevice = "new-device"
        case appAdded = "app-added"
        case appRemoved = "app-removed"
        case phoneAdded = "phone-added"
        case phoneRemoved = "phone-removed"
        case recoveryCodesMade = "recovery-codes-made"
        case recoveryCodeUsed = "recovery-code-used"
        /// Somebody gave the right password, and no second factor.
        case passwordKnown = "password-known"
    }

    /// Whether it waits still.
    package enum State: String, Sendable {
        case open
        case used
    }

    package let purpose: Purpose
    package let address: EmailAddress
    package let askedAt: Timestamp
    package var state: State
    /// The tag of the secret that the mailed link carries.
    package let secret: AuthenticationTag
    /// The tag of the mailed code, where the message has one.
    package let code: AuthenticationTag?
    /// How many wrong codes were typed.
    package var misses: Int
    /// The browser in which it was asked for.
    package let browser: AuthenticationTag?
    /// The account that it is about; nil where there is none, as at a sign-up.
    package let account: AccountID?
    /// The account's generation when it was asked for.
    package let generation: UInt32
    /// Of which change the owner was told, where the link takes it back.
    package let change: Change?
    /// What a sign-up or an invitation brings along.
    package let name: PersonName
    package let language: LanguageTag?
    /// What an invitation brings along.
    package let groups: Set<GroupName>
    /// What a sign-up brings along.
    package let password: PasswordHash?

    /// How many wrong codes void the code; the link still works.
    ///
    /// A code has 40 bits, so ten guesses are right once in 10^11.
    package static let mostMisses = 10

    package init(
        _ purpose: Purpose, of address: EmailAddress, at now: Timestamp,
        secret: AuthenticationTag, code: AuthenticationTag? = nil,
        browser: AuthenticationTag? = nil, account: AccountID? = nil, generation: UInt32 = 0,
        change: Change? = nil, name: PersonName = .none, language: LanguageTag? = nil,
        groups: Set<GroupName> = [], password: PasswordHash? = nil
    ) {
        self.purpose = purpose
        self.address = address
        askedAt = now
        state = .open
        self.secret = secret
        self.code = code
        misses = 0
        self.browser = browser
        self.account = account
        self.generation = generation
        self.change = change
        self.name = name
        self.language = language
        self.groups = groups
        self.password = password
    }

    /// The same thing asked for once more: with a new secret and code, which void the old ones.
    package func renewed(
        secret: AuthenticationTag, code: AuthenticationTag?, at now: Timestamp
    ) -> Self {
        Self(
            purpose, of: address, at: now, secret: secret, code: code, browser: browser,
            account: account, generation: generation, change: change, name: name,
            language: language, groups: groups, password: password)
    }

    /// Whether it can still be used.
    package func isOpen(at now: Timestamp) -> Bool {
        state == .open && askedAt <= now && now < askedAt + purpose.lifetime
    }
}

// MARK: - Record

// The file of one confirmation:
//
//     confirmation 1
//     purpose sign-up
//     address ada@example.org
//     asked 2026-11-21T09:00:00Z
//     state open
//     secret 3q2-7w…
//     code 3q2-7w…
//     misses 0
//     browser 3q2-7w…
//     account q6urq6urq6urq6urq6urqw
//     generation 4
//     change password-changed
//     name Ada Lovelace
//     language en
//     group staff
//     password $scrypt$…
//
// What there is not, has no line.

extension Confirmation: Record {
    package static var heading: String { "confirmation 1" }

    package var lines: [String] {
        var lines = [
            "purpose \(purpose.rawValue)",
            "address \(address.text)",
            "asked \(askedAt.text)",
            "state \(state.rawValue)",
            "secret \(secret.text)",
        ]
        if let code { lines.append("code \(code.text)") }
        lines.append("misses \(misses)")
        if let browser { lines.append("browser \(browser.text)") }
        if let account { lines.append("account \(account.text)") }
        lines.append("generation \(generation)")
        if let change { lines.append("change \(change.rawValue)") }
        if name != .none { lines.append("name \(name.text)") }
        if let language { lines.append("language \(language.text)") }
        lines += groups.map(\.text).sorted().map { "group \($0)" }
        if let password { lines.append("password \(password.text)") }
        return lines
    }

    package init(from reader: inout RecordReader) throws(RecordError) {
        purpose = try reader.field("purpose") { Purpose(rawValue: String($0)) }
        address = try reader.field("address") { EmailAddress(String($0)) }
        askedAt = try reader.field("asked") { Timestamp(text: $0) }
        state = try reader.field("state") { State(rawValue: String($0)) }
        secret = try reader.field("secret") { AuthenticationTag(text: $0) }
        code = try reader.optional("code") { AuthenticationTag(text: $0) }
        misses = try reader.field("misses") { Int($0) }
        browser = try reader.optional("browser") { AuthenticationTag(text: $0) }
        account = try reader.optional("account") { AccountID(text: $0) }
        generation = try reader.field("generation") { UInt32($0) }
        change = try reader.optional("change") { Change(rawValue: String($0)) }
        name = try reader.optional("name") { PersonName(String($0)) } ?? .none
        language = try reader.optional("language") { LanguageTag($0) }
        groups = Set(try reader.list("group") { GroupName(String($0)) })
        password = try reader.optional("password") { PasswordHash(text: String($0)) }
    }
}

extension AuthenticationTag {
    fileprivate var text: String { Base64URL.encode(bytes) }

    fileprivate init?(text: some StringProtocol) {
        guard let bytes = Base64URL.decode(text), let tag = Self(received: bytes) else {
            return nil
        }
        self = tag
    }
}
