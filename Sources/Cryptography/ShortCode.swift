/// A code of eight characters that a person reads in a message and types: `7KX2-9MQD`.
///
/// It is 40 random bits. That is too little to stand alone: whoever accepts one counts the failures.
package struct ShortCode: Sendable, Equatable {
    /// How many random bytes make a code.
    package static let byteCount = 5

    /// The 40 bits, first character first.
    package let bytes: [UInt8]

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
    /// - Returns: `nil` if what remains is not eight characters of the alphabet.
    package init?(typed: some StringProtocol) {
        guard let bytes = CrockfordBase32.read(typed, byteCount: Self.byteCount) else { return nil }
        self.bytes = bytes
    }

    /// The code as it is shown, in two groups of four.
    package var displayed: String { CrockfordBase32.display(bytes) }

    /// Whether two codes are the same, found in a time that does not tell how much of them is.
    package static func == (a: Self, b: Self) -> Bool {
        areEqualInConstantTime(a.bytes, b.bytes)
    }
}
