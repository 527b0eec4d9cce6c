/// What a part of a password was recognised as.
public enum Pattern: Sendable, Equatable {
    /// Nothing: every unit has to be tried.
    case bruteForce
    /// A word of a list.
    case dictionary(DictionaryPattern)
    /// Neighbouring keys of a keyboard.
    case spatial(SpatialPattern)
    /// The same text several times over.
    case repetition(RepeatPattern)
    /// Characters at equal distances.
    case sequence(SequencePattern)
    /// A year from 1900 to 2019.
    case recentYear(Int)
    /// A day, month and year.
    case date(DatePattern)

    /// The name that the original gives the pattern.
    public var name: String {
        switch self {
        case .bruteForce: "bruteforce"
        case .dictionary: "dictionary"
        case .spatial: "spatial"
        case .repetition: "repeat"
        case .sequence: "sequence"
        case .recentYear: "regex"
        case .date: "date"
        }
    }
}

/// A word, as it was found in a list.
public struct DictionaryPattern: Sendable, Equatable {
    /// The list that has the word.
    public let list: WordList
    /// The word's place in the list, from 1, the most common.
    public let rank: Int
    /// Whether the word is spelled backwards.
    public let isReversed: Bool
    /// Whether characters stand for letters, as in `p4ssw0rd`.
    public let isSubstituted: Bool
    /// Which characters stand for which letters.
    public let substitutions: Substitutions
}

/// A list of words in the order of their frequency.
public enum WordList: Sendable, Hashable {
    case passwords
    case englishWikipedia
    case femaleNames
    case surnames
    case televisionAndFilm
    case maleNames
    /// The words that belong to the person: name, address, the site.
    case userInputs
    /// A list given to the estimator, by its place among those given.
    case custom(Int)

    /// The original's lists, in its order.
    static let original: [WordList] = [
        .passwords, .englishWikipedia, .femaleNames, .surnames, .televisionAndFilm, .maleNames,
    ]
}

/// A walk over neighbouring keys.
public struct SpatialPattern: Sendable, Equatable {
    /// The keyboard on which the keys are neighbours.
    public let keyboard: Keyboard
    /// How many straight pieces the walk has.
    public let turns: Int
    /// How many keys are struck together with shift.
    public let shiftedCount: Int
}

/// The same text several times over.
public struct RepeatPattern: Sendable, Equatable {
    /// How many UTF-16 units the repeated text has.
    public let baseLength: Int
    /// How many guesses find the repeated text.
    public let baseGuesses: Double
    /// How often the text stands there.
    public let count: Int
}

/// Characters at equal distances: `abcd`, `9753`.
public struct SequencePattern: Sendable, Equatable {
    /// What kind of characters a sequence has.
    public enum Alphabet: Sendable {
        case lower, upper, digits, unicode
    }

    /// The kind of its characters.
    public let alphabet: Alphabet
    /// Whether it goes upwards.
    public let isAscending: Bool
}

/// A date: digits that read as day, month and year.
public struct DatePattern: Sendable, Equatable {
    /// The unit that separates the numbers, if any does.
    public let separator: UInt16?
    /// The year, with its century.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int
}
