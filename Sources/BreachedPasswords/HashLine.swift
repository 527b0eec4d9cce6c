private import Cryptography

/// A line of a list of hashes: `HASH:COUNT`, or `HASH` alone for a count of one.
///
/// Digits are upper or lower case, and the line may end with CR LF.
struct HashLine {
    private let digitCount: Int
    /// How many of the digits belong to the head.
    private let headDigitCount: Int
    private let prefix: UInt64

    /// The line of a list.
    ///
    /// - Parameters:
    ///   - function: By which function the list is hashed.
    ///   - file: The file in which the line is, if its name is the beginning of its hashes.
    init(_ function: BreachHash.Function, in file: PrefixFile? = nil) {
        let digitsBefore = file == nil ? 0 : PrefixFile.digitCount
        digitCount = 2 * function.byteCount - digitsBefore
        headDigitCount = 2 * MemoryLayout<UInt64>.size - digitsBefore
        prefix = UInt64(file?.prefix ?? 0)
    }

    /// The fewest digits that a line of any list has.
    static let fewestDigits = 2 * MD4.digestByteCount - PrefixFile.digitCount

    /// The length of the shortest line, with its line feed.
    var fewestBytes: Int { digitCount + 1 }

    /// What such a line has, for the error about one that has not.
    var expected: String { "\(digitCount) hexadecimal digits, ':' and a count" }

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - bytes: Whole lines, the last one with its line feed too.
    ///   - position: Where the line begins; after it, where the next one does.
    /// - Returns: nil if it is no such line.
    @inline(__always)
    func read(_ bytes: Span<UInt8>, at position: inout Int) -> Sighting? {
        guard bytes.count - position > digitCount else { return nil }
        let head = position + headDigitCount
        let end = position + digitCount
        var number = prefix
        // The digits of a hash cannot be guessed, by the processor neither; so nothing branches
        // before all were read.
        var all: UInt8 = 0
        while position < head {
            let digit = Self.digit(bytes[position])
            number = number << 4 | UInt64(digit & 15)
            all |= digit
            position += 1
        }
        while position < end {
            all |= Self.digit(bytes[position])
            position += 1
        }
        guard all < 16 else { return nil }

        var count = 1
        if bytes[position] == UInt8(ascii: ":") {
            position += 1
            guard let read = decimalNumber(bytes, at: &position) else { return nil }
            count = read
        }
        if bytes[position] == UInt8(ascii: "\r") { position += 1 }
        guard bytes[position] == UInt8(ascii: "\n") else { return nil }
        position += 1
        return Sighting(head: number, count: count)
    }

    /// The value of a digit; 16 or more of anything else.
    @inline(__always)
    static func digit(_ byte: UInt8) -> UInt8 {
        let decimal = byte &- UInt8(ascii: "0")
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return decimal < 10 ? decimal : letter < 6 ? letter + 10 : 0xff
    }

    /// Reads a number of at most 18 digits.
    @inline(__always)
    private func decimalNumber(_ bytes: Span<UInt8>, at position: inout Int) -> Int? {
        let start = position
        var number = 0
        while case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            guard position - start < 18 else { return nil }
            number = 10 * number + Int(digit)
            position += 1
        }
        return position > start ? number : nil
    }
}
