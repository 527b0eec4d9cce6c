/// A language in which feedback can be given, by its tag (BCP 47).
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
}

/// A text in each language.
struct Translations {
    let english: String
    let german: String
    let french: String
    let spanish: String

    init(_ english: String, de german: String, fr french: String, es spanish: String) {
        self.english = english
        self.german = german
        self.french = french
        self.spanish = spanish
    }

    subscript(language: Language) -> String {
        switch language {
        case .english: english
        case .german: german
        case .french: french
        case .spanish: spanish
        }
    }
}
