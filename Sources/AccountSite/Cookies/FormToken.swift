import Accounts
import Cryptography

/// The hidden field by which the program knows its own form again (S51).
///
///     nonce 16 ‖ made at 8 ‖ account 16, zeros if nobody was signed in ‖ browser's tag 32
///     ‖ warned of 2, where the form has warned of a password
///
/// The nonce is new for each page, so that the value never repeats (A75).
struct FormToken: Equatable {
    private static let purpose: Purpose = "form"
    private static let nobody = AccountID(unchecked: [UInt8](repeating: 0, count: 16))

    /// How long a form may stay open, in seconds.
    static let lifetime = Duration.day

    let nonce: [UInt8]
    let madeAt: Timestamp
    /// The account whose page the form stands on.
    let account: AccountID?
    private let browser: AuthenticationTag
    /// The password of which the form has warned.
    let warned: WarnedPassword?

    /// Makes the token of one page.
    init(
        for browser: Browser, account: AccountID?, warned: WarnedPassword? = nil, in world: World
    ) {
        nonce = world.randomBytes(16)
        madeAt = world.now()
        self.account = account
        self.browser = browser.tag
        self.warned = warned
    }

    /// Reads the token that a form brought.
    ///
    /// - Returns: nil for a token that was not made here for this browser.
    init?(_ text: String, from browser: Browser, in world: World) {
        guard
            let payload = try? world.sealer(for: Self.purpose).open(text),
            case var reader = PayloadReader(payload),
            let nonce = reader.bytes(16), let madeAt = reader.timestamp(),
            let account = reader.identifier(AccountID.self),
            let tag = reader.bytes(AuthenticationTag.byteCount)
                .flatMap(AuthenticationTag.init(received:)),
            tag == browser.tag
        else { return nil }
        warned =
            reader.isAtEnd
            ? nil : reader.bytes(WarnedPassword.byteCount).map(WarnedPassword.init(bytes:))
        guard reader.isAtEnd else { return nil }
        self.nonce = nonce
        self.madeAt = madeAt
        self.account = account == Self.nobody ? nil : account
        self.browser = tag
    }

    /// The value of the hidden field.
    func sealed(in world: World) -> String {
        world.sealer(for: Self.purpose).seal(
            nonce + madeAt.payload + (account ?? Self.nobody).bytes + browser.bytes
                + (warned?.bytes ?? []))
    }

    /// Whether the form is not too old.
    func isFresh(at now: Timestamp) -> Bool {
        madeAt.isPast(at: now) && now < madeAt + Self.lifetime
    }
}
