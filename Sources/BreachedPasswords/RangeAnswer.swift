internal import Cryptography

/// What a service by ranges says of one prefix: a line for each hash, without its first five digits.
///
///     0018A45C4D1DEF81644B54AB7F969B88D65:10\r\n
///     00D4F6E8FA6EECAD2A3AA415EEC418D38EC:0\r\n
///
/// Behind the colon is how often the password was seen. A line with 0 is padding, which hides how
/// long the range is. The last line need not end; that nothing of it is missing, whoever got it must
/// know.
package struct RangeAnswer: Sendable {
    private let text: [UInt8]
    private let function: BreachHash.Function
    private let lines: [(start: Int, count: Int)]

    /// Reads an answer; nil unless every line is as it should be, and there is one.
    ///
    /// An empty answer is never right, because the list has hundreds of hashes of each prefix.
    ///
    /// - Parameters:
    ///   - text: The answer.
    ///   - function: How its hashes were made.
    package init?(_ text: [UInt8], of function: BreachHash.Function = .sha1) {
        var reader = Reader(text: text, digitCount: function.suffixDigitCount)
        var lines: [(start: Int, count: Int)] = []
        repeat {
            guard let line = reader.line() else { return nil }
            lines.append(line)
        } while !reader.isAtEnd
        self.text = text
        self.function = function
        self.lines = lines
    }

    /// How often a password was seen, one whose hash begins with the prefix.
    ///
    /// All lines are looked at in the same way, so that the time says nothing of the hash.
    package func exposure(of hash: BreachHash) -> Exposure {
        precondition(hash.function == function, "the hashes of a range are of one function")
        let suffix = Array(
            Hex.encode(hash.bytes).uppercased().utf8.suffix(function.suffixDigitCount))
        var count = 0
        for line in lines {
            let candidate = Array(text[line.start..<line.start + suffix.count])
            count += line.count * (areEqualInConstantTime(candidate, suffix) ? 1 : 0)
        }
        return count > 0 ? .seen(atLeast: count) : .unseen
    }
}

extension BreachHash.Function {
    /// How many digits of a hash stand in a range.
    fileprivate var suffixDigitCount: Int { 2 * byteCount - RangePrefix.digitCount }
}

/// A place in an answer.
private struct Reader {
    /// More than the service will ever count, and few enough that sums of it fit.
    private static let mostDigitsOfCount = 12

    let text: [UInt8]
    let digitCount: Int
    private var position = 0

    init(text: [UInt8], digitCount: Int) {
        self.text = text
        self.digitCount = digitCount
    }

    var isAtEnd: Bool { position == text.count }

    /// Reads a line and what ends it; nil if it is none.
    mutating func line() -> (start: Int, count: Int)? {
        let start = position
        let end = start + digitCount
        guard end < text.count, text[start..<end].allSatisfy(Self.isHexDigit),
            text[end] == UInt8(ascii: ":")
        else { return nil }
        position = end + 1
        guard let count = count(), isAtEnd || endsLine() else { return nil }
        return (start, count)
    }

    /// Reads digits, the first of which is 0 only if it stands alone.
    private mutating func count() -> Int? {
        let start = position
        var count = 0
        while position < text.count, Self.isDigit(text[position]) {
            guard position - start < Self.mostDigitsOfCount else { return nil }
            count = 10 * count + Int(text[position] - UInt8(ascii: "0"))
            position += 1
        }
        let length = position - start
        guard length == 1 || length > 1 && text[start] != UInt8(ascii: "0") else { return nil }
        return count
    }

    private mutating func endsLine() -> Bool {
        if text[position] == UInt8(ascii: "\r") { position += 1 }
        guard position < text.count, text[position] == UInt8(ascii: "\n") else { return false }
        position += 1
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Digits of hashes are capitals.
    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
