/// The YAML that most front matter is made of: lines `name: words`, and nothing that YAML reads in
/// a way of its own.
///
/// It is read here because a site of thousands of pages would else spend most of its time in the
/// YAML library. Whatever is not plainly of that kind is left to it.
enum PlainYAML {
    /// Reads the lines of `range`.
    ///
    /// - Returns: The pairs in order, or `nil` if the library must read them.
    static func scalars(
        in range: Range<Int>, of file: SourceFile
    ) -> [(key: String, value: Scalar)]? {
        var pairs: [(key: String, value: Scalar)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = file.bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n"))
            guard
                let end, let pair = pair(in: start..<end, of: file),
                !pairs.contains(where: { $0.key == pair.key })
            else { return nil }
            pairs.append(pair)
            start = end + 1
        }
        return pairs
    }

    private static func pair(
        in line: Range<Int>, of file: SourceFile
    ) -> (key: String, value: Scalar)? {
        let bytes = file.bytes
        guard
            let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound,
            bytes[line.lowerBound..<colon].allSatisfy({ isSmallLetter($0) || $0 == 0x2d }),
            isSmallLetter(bytes[line.lowerBound]),
            colon + 2 < line.upperBound, bytes[colon + 1] == 0x20,
            // With a letter or digit begins no quoted text, list, anchor or tag.
            bytes[colon + 2].isLetter || bytes[colon + 2].isDigit,
            !bytes[line.upperBound - 1].isBlank
        else { return nil }
        for index in (colon + 2)..<line.upperBound {
            switch bytes[index] {
            case UInt8(ascii: ":"), UInt8(ascii: "#"):
                // `: ` begins a value, and ` #` a comment.
                guard index + 1 < line.upperBound, !bytes[index + 1].isBlank,
                    !bytes[index - 1].isBlank
                else { return nil }
            case 0x20..<0x7f, 0x80...0xbf, 0xc3...0xdf:
                break  // ASCII, and letters from U+00C0 to U+07FF
            default:
                return nil  // what else is printable or a line break is YAML's own business
            }
        }
        let value = Scalar(
            text: String(decoding: bytes[(colon + 2)..<line.upperBound], as: UTF8.self),
            location: file.location(colon + 2))
        return (String(decoding: bytes[line.lowerBound..<colon], as: UTF8.self), value)
    }

    private static func isSmallLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
