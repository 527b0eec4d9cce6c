import Accounts
import Cryptography
import HTTP

/// Says that a second factor was given in this browser, whose owner wants it remembered (P27, A36).
///
///     account 16 ‖ generation 4 ‖ epoch 4 ‖ factors' generation 4 ‖ browser's tag 32 ‖ made at 8
///
/// A change of the password or of the factors, signing out everywhere and forgetting all devices each
/// move one of the counts. The browser's secret is in another cookie, without which this one is
/// nothing.
struct RememberedDevice: Equatable {
    private static let name: CookieName = "__Host-remembered"
    private static let purpose: Purpose = "remembered-device"
    /// For how long a device is remembered, in seconds.
    private static let lifetime = 30 * Duration.day

    private let account: AccountID
    private let generation: UInt32
    private let epoch: UInt32
    private let factorGeneration: UInt32
    private let browser: AuthenticationTag
    private let madeAt: Timestamp

    /// Remembers a browser as the device of an account.
    init(_ browser: Browser, of account: Account, at now: Timestamp) {
        self.account = account.id
        generation = account.generation
        epoch = account.epoch
        factorGeneration = account.factors.generation
        self.browser = browser.tag
        madeAt = now
    }

    /// Reads the cookie that a request brought.
    init?(_ cookies: Cookies, in world: World) {
        guard
            let text = cookies[Self.name],
            let payload = try? world.sealer(for: Self.purpose).open(text),
            case var reader = PayloadReader(payload),
            let account = reader.identifier(AccountID.self),
            let generation = reader.integer(UInt32.self), let epoch = reader.integer(UInt32.self),
            let factorGeneration = reader.integer(UInt32.self),
            let browser = reader.bytes(AuthenticationTag.byteCount)
                .flatMap(AuthenticationTag.init(received:)),
            let madeAt = reader.timestamp(), reader.isAtEnd
        else { return nil }
        self.account = account
        self.generation = generation
        self.epoch = epoch
        self.factorGeneration = factorGeneration
        self.browser = browser
        self.madeAt = madeAt
    }

    /// Whether the account still remembers this browser.
    func isRemembered(by account: Account, _ browser: Browser, at now: Timestamp) -> Bool {
        self.account == account.id && generation == account.generation && epoch == account.epoch
            && factorGeneration == account.factors.generation && self.browser == browser.tag
            && madeAt.isPast(at: now) && now < madeAt + Self.lifetime
    }

    /// The cookie to be set.
    func set(in world: World) -> SetCookie? {
        let payload =
            account.bytes + generation.bigEndianBytes + epoch.bigEndianBytes
            + factorGeneration.bigEndianBytes + browser.bytes + madeAt.payload
        return SetCookie(
            Self.name, to: world.sealer(for: Self.purpose).seal(payload),
            maxAge: Int(Self.lifetime))
    }
}
