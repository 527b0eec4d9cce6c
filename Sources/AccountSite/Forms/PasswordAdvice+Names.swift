import Hypertext
import Zxcvbn

// The scorer's findings under the names that templates know.

/// A score from 0, guessed at once, to 4.
enum ScoreName: String, CaseIterable, Sendable {
    case zero = "0"
    case one = "1"
    case two = "2"
    case three = "3"
    case four = "4"

    init(_ score: Score?) {
        self = Self.allCases[Int(score?.rawValue ?? 0)]
    }
}

/// What is weakest about a password.
enum WarningName: String, CaseIterable, Sendable {
    case none
    case straightRow = "straight-row"
    case shortPattern = "short-pattern"
    case repeatSingle = "repeat-single"
    case repeatBlock = "repeat-block"
    case sequence
    case recentYear = "recent-year"
    case date
    case topTen = "top-10"
    case topHundred = "top-100"
    case veryCommon = "very-common"
    case similar
    case wordAlone = "word-alone"
    case nameAlone = "name-alone"
    case commonName = "common-name"

    init(_ warning: Warning?) {
        self =
            switch warning {
            case nil: .none
            case .straightRow: .straightRow
            case .keyboardPattern: .shortPattern
            case .repeatedCharacter: .repeatSingle
            case .repeatedText: .repeatBlock
            case .sequence: .sequence
            case .recentYear: .recentYear
            case .date: .date
            case .topTenPassword: .topTen
            case .topHundredPassword: .topHundred
            case .commonPassword: .veryCommon
            case .similarToCommonPassword: .similar
            case .word: .wordAlone
            case .soleName: .nameAlone
            case .name: .commonName
            }
    }
}

/// What would make a password harder to guess.
enum SuggestionName: String, CaseIterable, Sendable {
    case fewWords = "few-words"
    case noNeedForSymbols = "no-need-for-symbols"
    case anotherWord = "another-word"
    case longerPattern = "longer-pattern"
    case avoidRepeats = "avoid-repeats"
    case avoidSequences = "avoid-sequences"
    case avoidRecentYears = "avoid-recent-years"
    case avoidOwnYears = "avoid-own-years"
    case avoidOwnDates = "avoid-own-dates"
    case capitalization
    case allUppercase = "all-uppercase"
    case reversed
    case substitutions

    init(_ suggestion: Suggestion) {
        self =
            switch suggestion {
            case .useAFewWords: .fewWords
            case .noNeedForSymbols: .noNeedForSymbols
            case .addAnotherWord: .anotherWord
            case .longerKeyboardPattern: .longerPattern
            case .avoidRepeats: .avoidRepeats
            case .avoidSequences: .avoidSequences
            case .avoidRecentYears: .avoidRecentYears
            case .avoidAssociatedYears: .avoidOwnYears
            case .avoidAssociatedDates: .avoidOwnDates
            case .capitalization: .capitalization
            case .allUppercase: .allUppercase
            case .reversedWord: .reversed
            case .predictableSubstitutions: .substitutions
            }
    }
}

/// One suggestion in the list.
struct SuggestionRow: SlotRecord {
    static let slots: [Slot<Self>] = [
        .choice("suggestion", of: SuggestionName.self) { $0.name }
    ]
    let name: SuggestionName

    init(_ suggestion: Suggestion) {
        name = SuggestionName(suggestion)
    }
}

/// One ready-made password in the list.
struct PassphraseRow: SlotRecord {
    static let slots: [Slot<Self>] = [.text("passphrase") { $0.passphrase }]
    let passphrase: String
}
