internal import Cryptography

/// The first five hexadecimal digits of a hash, all that a service by ranges is ever told.
///
/// Each of the 1,048,576 stands for a range of hashes: a thousand or two of those in the list, and
/// any number of others.
package struct RangePrefix: Sendable, Hashable {
    /// How many there are.
    package static let count = 1 << (4 * digitCount)

    static let digitCount = 5

    /// Its digits as a number.
    package let number: Int

    /// Takes a number.
    ///
    /// - Returns: nil unless it is from 0 to ``count`` - 1.
    package init?(number: Int) {
        guard (0..<Self.count).contains(number) else { return nil }
        self.number = number
    }

    /// Takes five hexadecimal digits, in capitals or small.
    ///
    /// - Returns: nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.digitCount, text.allSatisfy(\.isHexDigit),
            let number = Int(text, radix: 16)
        else { return nil }
        self.number = number
    }

    /// Takes the digits of a hash.
    package init(of hash: BreachHash) {
        // Five digits are two bytes and a half.
        number = Int(hash.bytes[0]) << 12 | Int(hash.bytes[1]) << 4 | Int(hash.bytes[2]) >> 4
    }

    /// The five digits in capitals, as they stand in an address.
    package var text: String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: Self.digitCount - digits.count) + digits
    }
}

extension BreachHash {
    /// Finds how often the password was seen, in a range that is got from elsewhere.
    ///
    /// - Parameter fetch: Gets the range of a prefix, and learns nothing else of the hash.
    /// - Returns: What the range says.
    /// - Throws: What `fetch` throws.
    package func exposure<Failure>(
        fetching fetch: (RangePrefix) throws(Failure) -> RangeAnswer
    ) throws(Failure) -> Exposure {
        try fetch(RangePrefix(of: self)).exposure(of: self)
    }
}
