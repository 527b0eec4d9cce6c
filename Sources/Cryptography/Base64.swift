/// Bytes as text that is safe in a URL and a cookie: base64url without padding (RFC 4648 §5).
package enum Base64URL {
    /// Returns the one spelling of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        Base64Alphabet.url.encode(bytes)
    }

    /// Reads the one spelling of some bytes.
    ///
    /// - Returns: `nil` for anything else: padding, spaces, another alphabet, or bits left over that
    ///   are not zero (RFC 4648 §3.5).
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Base64Alphabet.url.decode(text)
    }
}

/// An alphabet of base64, and the two directions without padding.
struct Base64Alphabet: Sendable {
    /// The digits of RFC 4648 §4, which the PHC string format uses.
    static let standard = Self(lastDigits: "+/")

    /// The digits of RFC 4648 §5, which mean nothing in a URL.
    static let url = Self(lastDigits: "-_")

    private let digits: [UInt8]
    /// The value of each byte as a digit, 255 if it is none.
    private let values: [UInt8]

    private init(lastDigits: String) {
        digits = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastDigits)".utf8)
        var values = [UInt8](repeating: .max, count: 256)
        for (value, digit) in digits.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 {
            text.append(digits[Int(bits << (6 - bitCount) & 63)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    func decode(_ text: some StringProtocol) -> [UInt8]? {
        let text = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in text {
            let value = values[Int(digit)]
            guard value != .max else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        // Six bits over are a digit too many; two or four are the end of the last byte's digits.
        guard bitCount < 6, bits & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }
}
