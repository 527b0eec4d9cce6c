/// The name of one of this program's own cookies.
///
/// It begins with `__Host-`, so that a browser takes the cookie only from this host, over a secure
/// connection and for all paths (RFC 6265bis §4.1.3.2); a sibling sub-domain cannot plant one.
package struct CookieName: Sendable, Hashable, ExpressibleByStringLiteral {
    static let prefix = "__Host-"

    let text: String

    /// Takes a name that stands in the source; anything but `__Host-` and a token is a mistake there.
    package init(stringLiteral text: StaticString) {
        self.text = text.description
        precondition(
            self.text.utf8.starts(with: Self.prefix.utf8)
                && self.text.utf8.allSatisfy(FieldName.isTokenByte),
            "a cookie's name must be \(Self.prefix) and a token")
    }
}
