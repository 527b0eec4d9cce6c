/// A cookie to be kept by the browser.
///
/// It is always `Secure`, `HttpOnly`, `SameSite=Lax` and for all paths (RFC 6265bis §4.1.2). `Lax` and
/// not `Strict`, since Chromium does not send a `Strict` cookie along when a page that was reached
/// from a mail answers with 303 (P10).
package struct SetCookie: Sendable, Equatable {
    /// The value of the `Set-Cookie` field.
    let field: FieldValue

    /// A cookie that lasts until the browser is closed, or for a number of seconds.
    ///
    /// There is none if the value has a byte which may not stand in one: use base64url.
    ///
    /// - Parameters:
    ///   - name: One of the program's own.
    ///   - value: `cookie-octet`s (RFC 6265 §4.1.1).
    ///   - maxAge: In seconds; 0 or less ends the cookie at once.
    package init?(_ name: CookieName, to value: String, maxAge: Int? = nil) {
        guard value.utf8.allSatisfy(Self.isValueByte) else { return nil }
        self.init(name, unchecked: value, maxAge: maxAge)
    }

    /// Has the browser forget a cookie.
    package static func removing(_ name: CookieName) -> SetCookie {
        SetCookie(name, unchecked: "", maxAge: 0)
    }

    /// The value of the `Set-Cookie` field.
    package var text: String { field.text }

    /// Takes back a value that `text` gave and that was kept in a file of ours meanwhile.
    package init?(text: String) {
        guard let field = FieldValue(text) else { return nil }
        self.field = field
    }

    private init(_ name: CookieName, unchecked value: String, maxAge: Int?) {
        let lifetime = maxAge.map { "; Max-Age=\($0)" } ?? ""
        field = FieldValue(
            unchecked: "\(name.text)=\(value)\(lifetime); Path=/; Secure; HttpOnly; SameSite=Lax")
    }

    /// Whether a byte is a `cookie-octet` (RFC 6265 §4.1.1).
    static func isValueByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
