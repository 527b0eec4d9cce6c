/// A code of eight characters that a person reads in a message and types: `7KX2-9MQD`.
///
/// It is 40 random bits in Crockford's base 32, whose alphabet has no I, L, O and U. That is too
/// little to stand alone: whoever accepts one counts the failures.
package struct ShortCode: Sendable, Equatable {
    /// How many random bytes make a code.
    package static let byteCount = 5

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".unicodeScalars)

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
        var bits: UInt64 = 0
        var count = 0
        for scalar in typed.unicodeScalars.lazy.map(Self.narrowed) where !Self.isSkipped(scalar) {
            guard count < 8, let value = Self.value(of: scalar) else { return nil }
            bits = bits << 5 | UInt64(value)
            count += 1
        }
        guard count == 8 else { return nil }
        bytes = (0..<Self.byteCount).reversed().map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
    }

    /// The code as it is shown, in two groups of four.
    package var displayed: String {
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var text = String.UnicodeScalarView()
        for position in 0..<8 {
            if position == 4 { text.append("-") }
            text.append(Self.alphabet[Int(bits >> (35 - position * 5) & 31)])
        }
        return String(text)
    }

    /// Whether two codes are the same, found in a time that does not tell how much of them is.
    package static func == (a: Self, b: Self) -> Bool {
        areEqualInConstantTime(a.bytes, b.bytes)
    }

    /// Returns the ASCII character that a full-width form stands for.
    private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard ("\u{FF01}"..."\u{FF5E}").contains(scalar) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }

    private static func isSkipped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .format: true
        default: scalar.properties.isWhitespace || scalar == "\u{2212}"  // the minus sign
        }
    }

    private static func value(of scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "O", "o": 0
        case "I", "i", "L", "l": 1
        case "a"..."z": alphabet.firstIndex { $0.value == scalar.value - 32 }
        default: alphabet.firstIndex(of: scalar)
        }
    }
}
