/// A code that stands in for a lost second factor, once: `7KX2-9MQD-3HTV-W0PC`.
///
/// It is 80 random bits in four groups of four characters, the length that people copy from paper
/// without losing their place; a saved recovery code must have 64 (NIST SP 800-63B-4 §4.2.1.1, S23).
package struct RecoveryCode: Sendable {
    /// How many random bytes make a code.
    package static let byteCount = 10

    private let bytes: [UInt8]

    /// Makes a code of ``byteCount`` random bytes.
    package init(randomBytes bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a code is \(Self.byteCount) bytes")
        self.bytes = bytes
    }

    /// Reads what a person typed or pasted.
    ///
    /// Spaces, hyphens and invisible characters are skipped, small and full-width letters are taken
    /// for capitals, O for 0, I and L for 1.
    ///
    /// - Returns: `nil` if what remains is not sixteen characters of the alphabet.
    package init?(typed: some StringProtocol) {
        guard let bytes = CrockfordBase32.read(typed, byteCount: Self.byteCount) else { return nil }
        self.bytes = bytes
    }

    /// The code as it is shown, in four groups of four.
    package var displayed: String { CrockfordBase32.display(bytes) }

    /// Returns what an account keeps of the code.
    ///
    /// Below 112 bits the standards want a salt and a hash made for passwords, which is slow so that
    /// a thief of the hashes has few guesses (NIST SP 800-63B-4 §3.1.2.2, ASVS 6.5.2). Here a thief
    /// of the accounts has none: the key lies elsewhere. A thief of both has 2⁸⁰ to go through, more
    /// than a slow hash of a password ever asks. The account is the salt, so that a code has another
    /// tag in each.
    ///
    /// - Parameters:
    ///   - key: A key from outside the accounts, for this purpose alone.
    ///   - account: The bytes of the account's id.
    /// - Returns: The tag, which is compared in constant time.
    package func tag(under key: AuthenticationKey, of account: [UInt8]) -> AuthenticationTag {
        key.tag(of: Array("recovery-code".utf8), account, bytes)
    }
}

extension RecoveryCode: Concealed {
    /// Words in place of the code.
    package var description: String { "(recovery code)" }
}
