/// Bytes as text that authenticator apps read: base32 without padding (RFC 4648 §6).
package enum Base32 {
    private static let alphabet = DigitAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// Returns the one spelling of `bytes`, in capitals.
    package static func encode(_ bytes: [UInt8]) -> String {
        alphabet.encode(bytes)
    }

    /// Reads the one spelling of some bytes.
    ///
    /// - Returns: `nil` for anything else: small letters, padding, spaces, or bits left over that
    ///   are not zero (RFC 4648 §3.5).
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        alphabet.decode(text)
    }
}
