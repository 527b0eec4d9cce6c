import Testing
import Zxcvbn

@Suite struct TextTests {
    @Test func `each warning has its own sentence in each language`() {
        for language in Language.allCases {
            #expect(Set(Warning.allCases.map { $0.text(in: language) }).count == 14)
        }
        for warning in Warning.allCases {
            #expect(Set(Language.allCases.map(warning.text)).count == 4)
        }
    }

    @Test func `each suggestion has its own sentence in each language`() {
        for language in Language.allCases {
            #expect(Set(Suggestion.allCases.map { $0.text(in: language) }).count == 13)
        }
        for suggestion in Suggestion.allCases {
            #expect(Set(Language.allCases.map(suggestion.text)).count == 4)
        }
    }

    @Test(arguments: [
        // guesses, the four languages
        (
            5, "less than a second", "weniger als eine Sekunde", "moins d’une seconde",
            "menos de un segundo"
        ),
        (10, "1 second", "1 Sekunde", "1 seconde", "1 segundo"),
        (14, "1 second", "1 Sekunde", "1 seconde", "1 segundo"),
        (15, "2 seconds", "2 Sekunden", "2 secondes", "2 segundos"),
        (600, "1 minute", "1 Minute", "1 minute", "1 minuto"),
        (36_000, "1 hour", "1 Stunde", "1 heure", "1 hora"),
        (864_000 * 3, "3 days", "3 Tage", "3 jours", "3 días"),
        (864_000 * 62, "2 months", "2 Monate", "2 mois", "2 meses"),
        (864_000 * 31 * 12 * 100 - 1, "100 years", "100 Jahre", "100 ans", "100 años"),
        (864_000 * 31 * 12 * 100, "centuries", "Jahrhunderte", "des siècles", "siglos"),
    ])
    func `tells times in words`(
        guesses: Int, english: String, german: String, french: String, spanish: String
    ) {
        // Ten guesses a second.
        let time = CrackTime(seconds: Double(guesses) / 10)
        #expect(Language.allCases.map(time.text) == [english, german, french, spanish])
    }
}
