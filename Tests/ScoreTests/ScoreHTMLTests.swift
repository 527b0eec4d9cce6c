import Testing
import Zxcvbn

@testable import score

@Suite struct ScoreHTMLTests {
    @Test(arguments: Language.allCases)
    func `has no text that HTML would have to escape`(language: Language) {
        let texts =
            Warning.allCases.map { $0.text(in: language) }
            + Suggestion.allCases.map { $0.text(in: language) }
            + Score.allCases.map { $0.name(in: language) }
            + [
                Words.title, Words.password, Words.userInput, Words.button, Words.strength,
                Words.tooMany,
            ]
            .compactMap { $0[language] }
        #expect(texts.count == 14 + 13 + 5 + 6)
        #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains { "<>&".contains($0) } })
    }

    static let preferences: [(String, [String])] = [
        ("", []), ("de", ["de"]), ("de-CH, fr;q=0.8, en;q=0.9", ["de-ch", "en", "fr"]),
        ("en;q=0, FR", ["fr"]), ("a; q=0.5 ,b;level=1;q=0.7", ["b", "a"]), ("a;q=x,b", ["b"]),
    ]

    @Test(arguments: preferences)
    func `takes first what a client wants most`(field: String, values: [String]) {
        #expect(Preferences(field).values == values)
    }
}
