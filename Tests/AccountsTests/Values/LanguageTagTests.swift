import Accounts
import Testing

@Suite struct LanguageTagTests {
    // Tags of RFC 5646, appendix A, and what is none.
    @Test(arguments: ["de", "zh-Hant", "de-CH-1996", "sr-Latn-RS", "sl-rozaj-biske", "es-419"])
    func `takes what looks like a language`(text: String) {
        #expect(LanguageTag(text)?.text == text)
    }

    @Test(arguments: [
        "", "d", "-", "de-", "-de", "de--AT", "de_AT", "419", "de\n", "de AT", "döt", "../de",
        "abcdefghi", "de-abcdefghi", "de" + String(repeating: "-abcde", count: 6),
    ])
    func `refuses what does not`(text: String) {
        #expect(LanguageTag(text) == nil)
    }
}
