/// How well a password stands up to guessing, from 0 to 4.
public enum Score: Int, Sendable, Comparable, CaseIterable {
    /// Risky: fewer than about 10³ guesses.
    case tooGuessable
    /// Withstands throttled online attacks: fewer than about 10⁶ guesses.
    case veryGuessable
    /// Withstands unthrottled online attacks: fewer than about 10⁸ guesses.
    case somewhatGuessable
    /// Withstands offline attacks on a slow hash: fewer than about 10¹⁰ guesses.
    case safelyUnguessable
    /// Withstands offline attacks on a slow hash for long.
    case veryUnguessable

    /// The score of a password that takes so many guesses.
    ///
    /// - Parameter guesses: how many guesses find the password.
    public init(guesses: Double) {
        // The 5 keeps a match of exactly a power of ten, plus the search's own +1, below the line.
        let slack = 5.0
        self =
            switch guesses {
            case ..<(1e3 + slack): .tooGuessable
            case ..<(1e6 + slack): .veryGuessable
            case ..<(1e8 + slack): .somewhatGuessable
            case ..<(1e10 + slack): .safelyUnguessable
            default: .veryUnguessable
            }
    }

    /// Whether one score is lower than another.
    public static func < (left: Score, right: Score) -> Bool { left.rawValue < right.rawValue }
}
