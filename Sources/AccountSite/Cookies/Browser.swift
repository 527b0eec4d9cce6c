import Accounts
import Cryptography
import HTTP

/// The browser that a request came from, known by a secret of its own.
///
/// The secret outlives sign-in and sign-out, so that a form in one tab goes on working when another
/// tab signs in (P14); what a form may do is bound to it and to the account (S51).
struct Browser: Equatable {
    private static let cookieName: CookieName = "__Host-browser"
    private static let purpose: Purpose = "browser"
    private static let secretByteCount = 16
    private static let maxAge = 180 * Int(Duration.day)

    private let secret: [UInt8]

    /// Makes the acquaintance of a browser.
    init(randomBytes: (Int) -> [UInt8]) {
        secret = randomBytes(Self.secretByteCount)
    }

    /// Recognises the browser by the cookie that a request brought.
    init?(_ cookies: Cookies, in world: World) {
        guard
            let text = cookies[Self.cookieName],
            let payload = try? world.sealer(for: Self.purpose).open(text),
            payload.count == Self.secretByteCount
        else { return nil }
        secret = payload
    }

    /// The cookie to be set.
    func setCookie(in world: World) -> SetCookie? {
        SetCookie(
            Self.cookieName, to: world.sealer(for: Self.purpose).seal(secret), maxAge: Self.maxAge)
    }

    /// What may be written down of the browser: it cannot be turned back into the cookie.
    var tag: AuthenticationTag {
        AuthenticationKey(secret).tag(of: Array("browser".utf8))
    }

    /// The name of what a form asks for, the same when it is sent again with the same fields.
    ///
    /// The browser's secret goes into it, which stands in no file, because a password is among the
    /// fields and the name becomes that of a file.
    func formID(_ token: FormToken, at path: String, fields: Form) -> FormID {
        let tag = AuthenticationKey(secret).tag(
            of: Array("form".utf8), token.nonce, Array(path.utf8), fields.fingerprint)
        return FormID(unchecked: Array(tag.bytes.prefix(FormID.byteCount)))
    }
}
