/// The language in which a person reads, such as `de` or `pt-BR` (RFC 5646).
package struct LanguageTag: Sendable, Hashable {
    package let text: String

    /// Longer tags than this name nothing that a site has (RFC 5646 §4.4.1).
    private static let longest = 35

    /// Takes what looks like a tag: a language of letters, and subtags of letters and digits.
    package init?(_ text: some StringProtocol) {
        let subtags = text.utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard
            text.utf8.count <= Self.longest, let language = subtags.first,
            (2...8).contains(language.count), language.allSatisfy(Self.isLetter),
            subtags.dropFirst().allSatisfy({ subtag in
                (1...8).contains(subtag.count)
                    && subtag.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
            })
        else { return nil }
        self.text = String(text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
