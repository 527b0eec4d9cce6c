import Accounts
import Cryptography
import HTTP

/// Says that somebody has signed in to an account from this browser before.
///
///     address's tag 16 ‖ nonce 16 ‖ made at 8
///
/// Its failures are counted apart from those of the rest of the world, so that strangers who guess
/// at an account do not lock out its owner (A21, OWASP's device cookies).
struct DeviceCookie: Equatable {
    private static let name: CookieName = "__Host-device"
    private static let purpose: Purpose = "device"
    private static let lifetime = 180 * Duration.day

    let addressTag: [UInt8]
    let nonce: [UInt8]
    let madeAt: Timestamp

    /// Gets acquainted with a browser, or keeps up the acquaintance.
    init(addressTag: [UInt8], earlier: DeviceCookie?, in world: World) {
        self.addressTag = addressTag
        nonce = earlier?.addressTag == addressTag ? earlier?.nonce ?? [] : world.randomBytes(16)
        madeAt = world.now()
    }

    /// Reads the cookie that a request brought.
    init?(_ cookies: Cookies, in world: World) {
        guard
            let text = cookies[Self.name],
            let payload = try? world.sealer(for: Self.purpose).open(text),
            case var reader = PayloadReader(payload),
            let addressTag = reader.bytes(16), let nonce = reader.bytes(16),
            let madeAt = reader.timestamp(), reader.isAtEnd,
            madeAt.isPast(at: world.now()), world.now() < madeAt + Self.lifetime
        else { return nil }
        self.addressTag = addressTag
        self.nonce = nonce
        self.madeAt = madeAt
    }

    /// The cookie to be set.
    func set(in world: World) -> SetCookie? {
        SetCookie(
            Self.name,
            to: world.sealer(for: Self.purpose).seal(addressTag + nonce + madeAt.payload),
            maxAge: Int(Self.lifetime))
    }
}
