/// Bytes as text that is safe in a URL and a cookie: base64url without padding (RFC 4648 §5).
package enum Base64URL {
    /// Returns the one spelling of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        DigitAlphabet.base64URL.encode(bytes)
    }

    /// Reads the one spelling of some bytes.
    ///
    /// - Returns: `nil` for anything else: padding, spaces, another alphabet, or bits left over that
    ///   are not zero (RFC 4648 §3.5).
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        DigitAlphabet.base64URL.decode(text)
    }

    /// Reads the one spelling of some bytes, as it stands in others.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        DigitAlphabet.base64URL.decode(text)
    }
}

extension DigitAlphabet {
    /// The digits of RFC 4648 §4, which the PHC string format uses.
    static let base64 = Self(base64Characters + "+/")

    /// The digits of RFC 4648 §5, which mean nothing in a URL.
    fileprivate static let base64URL = Self(base64Characters + "-_")

    private static let base64Characters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
}
