/// The words between `{{` and `}}`.
struct Tag {
    /// A word, or `name=…`.
    struct Word {
        let text: String
        let value: Argument.Value?
        let location: Location
    }

    let words: [Word]
    let location: Location

    /// Splits the contents of a tag at white space; quotation marks hold words together.
    init(_ range: Range<Int>, in file: SourceFile, from location: Location, _ problems: Problems) {
        var words: [Word] = []
        var offset = range.lowerBound
        let bytes = file.bytes
        while offset < range.upperBound {
            guard !bytes[offset].isBlank else {
                offset += 1
                continue
            }
            let start = offset
            while offset < range.upperBound, !bytes[offset].isBlank,
                bytes[offset] != UInt8(ascii: "=")
            {
                offset += 1
            }
            let text = String(decoding: bytes[start..<offset], as: UTF8.self)
            var value: Argument.Value?
            if offset < range.upperBound, bytes[offset] == UInt8(ascii: "=") {
                offset += 1
                value = Self.value(at: &offset, end: range.upperBound, in: file, problems)
            }
            words.append(Word(text: text, value: value, location: file.location(start)))
        }
        self.words = words
        self.location = location
    }

    private static func value(
        at offset: inout Int, end: Int, in file: SourceFile, _ problems: Problems
    ) -> Argument.Value {
        let quote = UInt8(ascii: "\"")
        let start = offset
        guard offset < end, file.bytes[offset] == quote else {
            while offset < end, !file.bytes[offset].isBlank {
                offset += 1
            }
            guard offset > start else {
                problems.report("a value is missing after \"=\"", at: file.location(start))
                return .literal("")
            }
            return .name(String(decoding: file.bytes[start..<offset], as: UTF8.self))
        }
        offset += 1
        while offset < end, file.bytes[offset] != quote {
            offset += 1
        }
        let text = String(decoding: file.bytes[(start + 1)..<offset], as: UTF8.self)
        offset = min(offset + 1, end)
        return .literal(text)
    }
}

extension UInt8 {
    /// Space, tab, or an end of line.
    var isBlank: Bool {
        switch self {
        case 0x20, 0x09, 0x0a, 0x0c, 0x0d: true
        default: false
        }
    }

    /// A letter of ASCII.
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    /// A digit of ASCII.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
