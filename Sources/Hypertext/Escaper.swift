/// How a text is made harmless for the place where it stands.
///
/// Escapers look at bytes and never at characters: a quotation mark followed by a combining mark
/// is one character that is not `"`, yet it ends an attribute.
package enum Escaper: UInt8, Sendable, CaseIterable {
    /// Text, a `title` or `textarea`, or a quoted attribute of HTML.
    case html = 1
    /// An attribute that holds a URL.
    case url = 2
    /// A line of plain text or of a header: no line break survives.
    case line = 3
    /// Paragraphs of plain text: line breaks stay.
    case paragraphs = 4
    /// A URL in plain text.
    case plainURL = 5

    /// Appends the escaped text.
    package func append(_ text: String, to output: inout [UInt8]) {
        let bytes = text.utf8.span
        var copied = 0
        var index = 0
        while index < bytes.count {
            guard let (replacement, length) = replacement(at: index, in: bytes) else {
                index += 1
                continue
            }
            Self.append(bytes.extracting(copied..<index), to: &output)
            output.append(contentsOf: replacement.utf8)
            index += length
            copied = index
        }
        Self.append(bytes.extracting(copied..<bytes.count), to: &output)
    }

    /// Returns the escaped text.
    package func escape(_ text: String) -> String {
        var output: [UInt8] = []
        append(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    /// Returns what replaces the bytes at `index`, and how many they are; `nil` if they may stay.
    private func replacement(
        at index: Int, in bytes: Span<UInt8>
    ) -> (text: String, length: Int)? {
        let byte = bytes[index]
        switch self {
        case .html:
            return Self.entity(for: byte).map { ($0, 1) }
        case .url:
            return (Self.percentEncoding(of: byte) ?? Self.entity(for: byte)).map { ($0, 1) }
        case .plainURL:
            return Self.percentEncoding(of: byte).map { ($0, 1) }
        case .line:
            return Self.controlLength(at: index, in: bytes).map { (" ", $0) }
        case .paragraphs:
            guard byte != UInt8(ascii: "\n") else { return nil }
            return Self.controlLength(at: index, in: bytes).map { (" ", $0) }
        }
    }

    // The five characters that mean something in text or in either kind of quotes, and NUL, which
    // HTML replaces too (HTML §13.2.5.1, "unexpected-null-character").
    private static func entity(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0: "\u{FFFD}"
        default: nil
        }
    }

    // What RFC 3986 §2 gives no place in a URL. The backslash is among them, which browsers would
    // take for a slash: `/\host` must not become `//host`.
    private static func percentEncoding(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: ";"), UInt8(ascii: "="),
            UInt8(ascii: "?")...UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "~"):
            return nil
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            return (byte < 0x10 ? "%0" : "%") + digits
        }
    }

    // C0, DEL, C1 (C2 80 to C2 9F), and the line and paragraph separators (E2 80 A8 and A9).
    private static func controlLength(at index: Int, in bytes: Span<UInt8>) -> Int? {
        switch bytes[index] {
        case 0..<0x20, 0x7f:
            return 1
        case 0xc2 where bytes[index + 1] < 0xa0:
            return 2
        case 0xe2 where bytes[index + 1] == 0x80 && (0xa8...0xa9).contains(bytes[index + 2]):
            return 3
        default:
            return nil
        }
    }
}
