/// One of the forms in which a message can be read.
struct BodyPart {
    /// The media type, such as `text/plain`.
    let mediaType: String
    /// The text in UTF-8, its lines ended by LF.
    let text: [UInt8]

    /// Takes text whose lines may end in any way.
    init(_ mediaType: String, _ text: [UInt8]) {
        self.mediaType = mediaType
        self.text = Self.lines(of: text)
    }

    /// The part's own headers, an empty line, and the encoded text.
    var bytes: [UInt8] {
        let encoding = isPlain ? "7bit" : "quoted-printable"
        let charset = text.allSatisfy { $0 < 0x80 } ? "us-ascii" : "utf-8"
        let headers = """
            Content-Type: \(mediaType); charset=\(charset)
            Content-Transfer-Encoding: \(encoding)


            """
        return Array(headers.utf8) + (isPlain ? text : QuotedPrintable.encode(text))
    }

    /// Whether every mail system on the way leaves the text as it is.
    ///
    /// Such text is ASCII in lines of at most 998 bytes (RFC 5322 §2.1.1), has nothing invisible at
    /// the end of a line (RFC 2045 §6.7 (3)), and no line that is a lone dot, which ended a message
    /// once, or that begins with `From `, before which old mailboxes put a `>` (RFC 4155).
    private var isPlain: Bool {
        text.split(separator: 0x0A, omittingEmptySubsequences: false).allSatisfy { line in
            line.count <= 998 && line.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
                && line.last != 0x20 && line.last != 0x09
                && !line.starts(with: "From ".utf8) && !line.elementsEqual(".".utf8)
        }
    }

    /// The text with CRLF and lone CR made LF, and an end to its last line.
    private static func lines(of text: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + 1)
        var isAfterCR = false
        for byte in text {
            if byte == 0x0D {
                lines.append(0x0A)
            } else if byte != 0x0A || !isAfterCR {
                lines.append(byte)
            }
            isAfterCR = byte == 0x0D
        }
        if lines.last != 0x0A { lines.append(0x0A) }
        return lines
    }
}

/// Text of any bytes as lines of at most 76 printable ASCII characters (RFC 2045 §6.7).
enum QuotedPrintable {
    private static let lineLength = 76

    /// Encodes text whose lines end in LF; so do those of the result.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.count * 2)
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            encode(line, into: &encoded)
            encoded.append(0x0A)
        }
        return encoded
    }

    private static func encode(_ line: ArraySlice<UInt8>, into encoded: inout [UInt8]) {
        var column = 0
        for index in line.indices {
            let rest = line[index...]
            // A soft line break needs a column for its `=`, the end of the line does not.
            let end = lineLength - (rest.count == 1 ? 0 : 1)
            if column + token(of: rest, isFirst: column == 0).count > end {
                encoded += "=\n".utf8
                column = 0
            }
            let token = token(of: rest, isFirst: column == 0)
            encoded += token
            column += token.count
        }
    }

    /// What the first byte of the rest of a line is written as.
    private static func token(of rest: ArraySlice<UInt8>, isFirst: Bool) -> [UInt8] {
        guard let byte = rest.first else { return [] }
        let isLiteral =
            switch byte {
            // A dot or `From ` at the beginning of a line means something to some programs.
            case UInt8(ascii: ".") where isFirst: false
            case UInt8(ascii: "F") where isFirst: !rest.starts(with: "From ".utf8)
            case UInt8(ascii: "="): false
            case 0x20, 0x09: rest.count > 1
            default: (0x21...0x7E).contains(byte)
            }
        return isLiteral ? [byte] : Array(byte.quotedPrintable.utf8)
    }
}

extension UInt8 {
    /// The byte as an equals sign and two digits of base 16.
    var quotedPrintable: String {
        let digits = String(self, radix: 16, uppercase: true)
        return self < 16 ? "=0\(digits)" : "=\(digits)"
    }
}
