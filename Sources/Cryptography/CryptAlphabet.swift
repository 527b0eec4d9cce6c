/// Bytes as text in the manner of crypt(3): the digits `./0-9A-Za-z`, the least significant first.
enum CryptAlphabet {
    private static let digits = Array(
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Returns the text of `bytes`, of which three make four digits.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reversed().reduce(0) { $0 << 8 | Int($1) }
            for _ in 0...group.count {
                text.append(digits[bits & 63])
                bits >>= 6
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of a digit.
    static func value(of digit: Character) -> Int? {
        digit.asciiValue.flatMap { digits.firstIndex(of: $0) }
    }

    /// Whether a text has digits alone, and so many of them.
    static func isText(_ text: some StringProtocol, count: ClosedRange<Int>) -> Bool {
        count.contains(text.utf8.count) && text.utf8.allSatisfy(digits.contains)
    }
}
