import Accounts
import Cryptography
import HTTP

/// New recovery codes on their way to the page that shows them once (A32).
///
/// An account keeps only their tags, so for the minutes until they are shown they travel encrypted
/// in a cookie:
///
///     shown 1 ‖ made at 8 ‖ ten codes of 10
///
/// Once they were shown, the cookie is good for the download alone, and after that it is gone.
struct NewRecoveryCodes {
    private static let name: CookieName = "__Host-codes"
    private static let purpose: Purpose = "new-recovery-codes"
    private static let lifetime = 10 * Duration.minute
    /// How many codes an account gets.
    static let count = 10

    let codes: [RecoveryCode]
    private let bytes: [UInt8]
    let isShown: Bool
    private let madeAt: Timestamp

    /// Makes new ones.
    init(at now: Timestamp, randomBytes: (Int) -> [UInt8]) {
        self.init(
            bytes: randomBytes(Self.count * RecoveryCode.byteCount), isShown: false, madeAt: now)
    }

    /// Reads the cookie that a request of an account's owner brought.
    init?(_ cookies: Cookies, of account: AccountID, in world: World) {
        guard
            let sealed = cookies[Self.name].flatMap(SealedSecret.init(text:)),
            let payload = try? world.factorKeys.open(
                sealed, for: Self.purpose, of: account.bytes, field: "codes"),
            case var reader = PayloadReader(payload),
            let isShown = reader.integer(UInt8.self), let madeAt = reader.timestamp(),
            let bytes = reader.bytes(Self.count * RecoveryCode.byteCount), reader.isAtEnd,
            madeAt.isPast(at: world.now()), world.now() < madeAt + Self.lifetime
        else { return nil }
        self.init(bytes: bytes, isShown: isShown == 1, madeAt: madeAt)
    }

    private init(bytes: [UInt8], isShown: Bool, madeAt: Timestamp) {
        self.bytes = bytes
        self.isShown = isShown
        self.madeAt = madeAt
        codes = stride(from: 0, to: bytes.count, by: RecoveryCode.byteCount).map {
            RecoveryCode(randomBytes: Array(bytes[$0..<($0 + RecoveryCode.byteCount)]))
        }
    }

    /// What the account keeps of them.
    func tags(of account: AccountID, in world: World) -> [AuthenticationTag] {
        codes.map { world.tag(of: $0, of: account) }
    }

    /// The cookie to be set, in which they wait to be shown, or to be downloaded.
    func set(isShown: Bool, of account: AccountID, in world: World) -> SetCookie? {
        let sealed = world.factorKeys.seal(
            [isShown ? 1 : 0] + madeAt.payload + bytes, for: Self.purpose, of: account.bytes,
            field: "codes", nonce: world.randomBytes(SealedSecret.nonceByteCount))
        return SetCookie(Self.name, to: sealed.text, maxAge: Int(Self.lifetime))
    }

    static let removal = SetCookie.removing(name)
}
