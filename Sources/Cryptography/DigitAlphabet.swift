/// The digits of a way to write bytes as text, and the two directions without padding (RFC 4648).
struct DigitAlphabet: Sendable {
    private let digits: [UInt8]
    private let bitsPerDigit: Int
    /// The value of each byte as a digit, 255 if it is none.
    private let values: [UInt8]

    /// Makes an alphabet of a power of two digits in ASCII.
    init(_ digits: String) {
        self.digits = Array(digits.utf8)
        precondition(self.digits.count.nonzeroBitCount == 1, "a digit stands for whole bits")
        bitsPerDigit = self.digits.count.trailingZeroBitCount
        var values = [UInt8](repeating: .max, count: 256)
        for (value, digit) in self.digits.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        self.values = values
    }

    /// Returns the one spelling of `bytes`.
    func encode(_ bytes: [UInt8]) -> String {
        let mask = UInt32(digits.count - 1)
        let count = (bytes.count * 8 + bitsPerDigit - 1) / bitsPerDigit
        let text = [UInt8](capacity: count) { text in
            var bits: UInt32 = 0
            var bitCount = 0
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                bitCount += 8
                while bitCount >= bitsPerDigit {
                    bitCount -= bitsPerDigit
                    text.append(digits[Int(bits >> bitCount & mask)])
                }
            }
            if bitCount > 0 {
                text.append(digits[Int(bits << (bitsPerDigit - bitCount) & mask)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the one spelling of some bytes.
    ///
    /// - Returns: `nil` for anything else: padding, spaces, another alphabet, or bits left over that
    ///   are not zero (RFC 4648 §3.5).
    func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// Reads the one spelling of some bytes, as it stands in others.
    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bits: UInt32 = 0
        var bitCount = 0
        var areDigits = true
        let bytes = [UInt8](capacity: text.count * bitsPerDigit / 8) { bytes in
            for digit in text {
                let value = values[Int(digit)]
                guard value != .max else {
                    areDigits = false
                    return
                }
                bits = bits << bitsPerDigit | UInt32(value)
                bitCount += bitsPerDigit
                if bitCount >= 8 {
                    bitCount -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
                }
            }
        }
        // A whole digit's bits over are a digit too many; fewer are the end of the last byte's digits.
        guard areDigits, bitCount < bitsPerDigit, bits & (1 << bitCount - 1) == 0 else {
            return nil
        }
        return bytes
    }
}
