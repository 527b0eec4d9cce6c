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
}
