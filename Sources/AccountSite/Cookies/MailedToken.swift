import Accounts
import Cryptography
import HTTP

/// What a mailed link carries: which confirmation it belongs to, and the secret that proves it.
///
///     address's tag 16 ‖ secret 16, sealed for the confirmation's purpose
///
/// The same words go into the flow cookie once the link was followed, so that the link's text leaves
/// the address bar; and into the cookie of the browser that asked, without the secret.
struct MailedToken: Equatable {
    static let secretByteCount = 16

    let key: ConfirmationKey
    let secret: [UInt8]

    init(_ key: ConfirmationKey, secret: [UInt8]) {
        self.key = key
        self.secret = secret
    }

    /// Reads what came from a link.
    ///
    /// - Returns: nil if it was not made here for that purpose.
    init?(_ text: String, for purpose: Confirmation.Purpose, in world: World) {
        guard
            let payload = try? world.sealer(for: purpose.sealing).open(text),
            case var reader = PayloadReader(payload),
            let tag = reader.bytes(16), let secret = reader.bytes(Self.secretByteCount),
            reader.isAtEnd
        else { return nil }
        self.init(ConfirmationKey(purpose: purpose, addressTag: tag), secret: secret)
    }

    /// The text for the link.
    func sealed(in world: World) -> String {
        world.sealer(for: key.purpose.sealing).seal(key.addressTag + secret)
    }

    /// The tag under which the secret is kept.
    static func tag(of secret: [UInt8]) -> AuthenticationTag {
        AuthenticationKey(secret).tag(of: Array("mailed".utf8))
    }
}

extension Confirmation.Purpose {
    /// For what the link's text is sealed; a link of one purpose opens nothing else (P5, A13).
    fileprivate var sealing: Cryptography.Purpose {
        switch self {
        case .signUp: "link-sign-up"
        case .reset: "link-reset"
        case .address: "link-address"
        case .notMe: "link-not-me"
        case .invitation: "link-invitation"
        }
    }
}

/// Which confirmation a browser is in the middle of.
///
///     purpose 1 ‖ address's tag 16 ‖ secret 16, zeros before the link was followed ‖ made at 8
struct FlowCookie: Equatable {
    private static let name: CookieName = "__Host-flow"
    private static let purpose: Cryptography.Purpose = "flow"
    private static let noSecret = [UInt8](repeating: 0, count: MailedToken.secretByteCount)

    let key: ConfirmationKey
    /// The mailed secret, once its link was followed in this browser.
    let secret: [UInt8]?
    let madeAt: Timestamp

    /// Says that this browser asked for a confirmation.
    init(asking key: ConfirmationKey, at now: Timestamp) {
        self.key = key
        secret = nil
        madeAt = now
    }

    /// Says that a mailed link was followed in this browser.
    init(following token: MailedToken, at now: Timestamp) {
        key = token.key
        secret = token.secret
        madeAt = now
    }

    /// Reads the cookie that a request brought; one of another purpose or too old is none.
    init?(_ cookies: Cookies, for purpose: Confirmation.Purpose, in world: World) {
        guard
            let text = cookies[Self.name],
            let payload = try? world.sealer(for: Self.purpose).open(text),
            case var reader = PayloadReader(payload),
            reader.integer(UInt8.self) == purpose.code,
            let tag = reader.bytes(16), let secret = reader.bytes(MailedToken.secretByteCount),
            let madeAt = reader.timestamp(), reader.isAtEnd,
            madeAt.isPast(at: world.now()), world.now() < madeAt + purpose.lifetime
        else { return nil }
        key = ConfirmationKey(purpose: purpose, addressTag: tag)
        self.secret = secret == Self.noSecret ? nil : secret
        self.madeAt = madeAt
    }

    /// The cookie to be set.
    func set(in world: World) -> SetCookie? {
        let payload =
            [key.purpose.code] + key.addressTag + (secret ?? Self.noSecret) + madeAt.payload
        return SetCookie(Self.name, to: world.sealer(for: Self.purpose).seal(payload))
    }

    static let removal = SetCookie.removing(name)
}

extension Confirmation.Purpose {
    fileprivate var code: UInt8 {
        switch self {
        case .signUp: 1
        case .reset: 2
        case .address: 3
        case .notMe: 4
        case .invitation: 5
        }
    }
}
