/// What to tell the person about a password.
public struct Feedback: Sendable, Equatable {
    /// What is wrong with the password, if it is weak and something can be named.
    public let warning: Warning?
    /// What would make a better one.
    public let suggestions: [Suggestion]
}

/// What is wrong with a password.
public enum Warning: Sendable, CaseIterable {
    case straightRow
    case keyboardPattern
    case repeatedCharacter
    case repeatedText
    case sequence
    case recentYear
    case date
    case topTenPassword
    case topHundredPassword
    case commonPassword
    case similarToCommonPassword
    case word
    case soleName
    case name
}

/// What would make a better password.
public enum Suggestion: Sendable, CaseIterable {
    case useAFewWords
    case noNeedForSymbols
    case addAnotherWord
    case longerKeyboardPattern
    case avoidRepeats
    case avoidSequences
    case avoidRecentYears
    case avoidAssociatedYears
    case avoidAssociatedDates
    case capitalization
    case allUppercase
    case reversedWord
    case predictableSubstitutions
}

extension Feedback {
    /// Chooses what to say of a password.
    ///
    /// A weak password's longest match says it; the first of several.
    init(score: Score, sequence: [Match], units: [UInt16]) {
        guard !sequence.isEmpty else {
            self.init(warning: nil, suggestions: [.useAFewWords, .noNeedForSymbols])
            return
        }
        guard score < .safelyUnguessable,
            let longest = sequence.max(by: { $0.range.count < $1.range.count })
        else {
            self.init(warning: nil, suggestions: [])
            return
        }
        let (warning, suggestions) = longest.feedback(isSole: sequence.count == 1, units: units)
        self.init(warning: warning, suggestions: [.addAnotherWord] + suggestions)
    }
}

extension Match {
    fileprivate func feedback(isSole: Bool, units: [UInt16]) -> (Warning?, [Suggestion]) {
        switch pattern {
        case .bruteForce:
            (nil, [])
        case .dictionary(let word):
            (warning(for: word, isSole: isSole), suggestions(for: word, units: units))
        case .spatial(let walk):
            (walk.turns == 1 ? .straightRow : .keyboardPattern, [.longerKeyboardPattern])
        case .repetition(let repetition):
            (
                repetition.baseLength == 1 ? .repeatedCharacter : .repeatedText,
                [.avoidRepeats]
            )
        case .sequence:
            (.sequence, [.avoidSequences])
        case .recentYear:
            (.recentYear, [.avoidRecentYears, .avoidAssociatedYears])
        case .date:
            (.date, [.avoidAssociatedDates])
        }
    }

    private func warning(for word: DictionaryPattern, isSole: Bool) -> Warning? {
        switch word.list {
        case .passwords where isSole && !word.isSubstituted && !word.isReversed:
            switch word.rank {
            case ...10: .topTenPassword
            case ...100: .topHundredPassword
            default: .commonPassword
            }
        case .passwords: guesses <= 1e4 ? .similarToCommonPassword : nil
        case .englishWikipedia: isSole ? .word : nil
        case .surnames, .maleNames, .femaleNames: isSole ? .soleName : .name
        case .televisionAndFilm, .userInputs, .custom: nil
        }
    }

    private func suggestions(for word: DictionaryPattern, units: [UInt16]) -> [Suggestion] {
        let token = Array(units[range])
        let capitals = token.count { ASCII.isUpper($0) }
        var suggestions: [Suggestion] = []
        if capitals == 1, token.count > 1, ASCII.isUpper(token[0]) {
            suggestions.append(.capitalization)
        } else if !token.contains(where: { ASCII.isLower($0) }), Lowercase.of(token) != token {
            suggestions.append(.allUppercase)
        }
        if word.isReversed, range.count >= 4 { suggestions.append(.reversedWord) }
        if word.isSubstituted { suggestions.append(.predictableSubstitutions) }
        return suggestions
    }
}
