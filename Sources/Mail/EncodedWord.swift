// A header is ASCII. Other text stands in it as encoded words (RFC 2047):
//
//     Subject: =?UTF-8?Q?Best=C3=A4tige_deine_Adresse?=
//
// An encoded word has at most 75 characters (§2) and holds whole characters (§5); white space
// between two of them is not shown (§6.2), so that a long text can go on in the next line.

/// Writes text as header values.
enum HeaderValue {
    /// The longest line that everybody shows as it is (RFC 5322 §2.1.1).
    static let lineLength = 78

    /// The value of a header that holds text for people, such as `Subject`, whose first line has
    /// an indentation of the header's name.
    static func unstructured(_ text: HeaderText, indentation: Int) -> String {
        let bytes = text.text.utf8
        let isPlain =
            bytes.allSatisfy { (0x20...0x7E).contains($0) } && !text.text.looksEncoded
            && bytes.first != 0x20 && bytes.last != 0x20
            && indentation + bytes.count <= lineLength
        return isPlain ? text.text : encodedWords(text.text, indentation: indentation)
    }

    /// The value of `From` and `To`.
    static func mailbox(_ mailbox: Mailbox, indentation: Int) -> String {
        let name = mailbox.name.text
        guard !name.isEmpty else { return mailbox.address }
        let line = "\(phrase(name, indentation: indentation)) <\(mailbox.address)>"
        guard line.contains("\n") || indentation + line.utf8.count > lineLength else { return line }
        return "\(phrase(name, indentation: indentation))\n <\(mailbox.address)>"
    }

    /// A name as atoms, as a quoted string, or as encoded words (RFC 5322 §3.2.5).
    private static func phrase(_ name: String, indentation: Int) -> String {
        guard
            name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !name.looksEncoded,
            indentation + 2 * name.utf8.count <= lineLength
        else { return encodedWords(name, indentation: indentation) }
        let words = name.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard !words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isAtext) }) else { return name }
        let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }

    private static func encodedWords(_ text: String, indentation: Int) -> String {
        let (start, end) = ("=?UTF-8?Q?", "?=")
        var words: [String] = []
        var word = ""
        var room = min(75, lineLength - indentation) - start.count - end.count
        for scalar in text.unicodeScalars {
            let encoded = scalar.utf8.map(\.encodedForWord).joined()
            if word.utf8.count + encoded.utf8.count > room {
                words.append(word)
                word = ""
                room = 75 - start.count - end.count
            }
            word += encoded
        }
        words.append(word)
        return words.map { start + $0 + end }.joined(separator: "\n ")
    }
}

extension UInt8 {
    /// The byte in the Q encoding, by the rules for a phrase, which hold everywhere (§5 (3)).
    fileprivate var encodedForWord: String {
        if self == 0x20 { return "_" }
        guard isLetterOrDigit || "!*+-/".utf8.contains(self) else { return quotedPrintable }
        return String(UnicodeScalar(self))
    }
}

extension String {
    /// Whether a reader might take the text for an encoded word.
    fileprivate var looksEncoded: Bool {
        zip(utf8, utf8.dropFirst()).contains { $0 == (UInt8(ascii: "="), UInt8(ascii: "?")) }
    }
}
