/// Estimates how many guesses a password takes, as dropbox/zxcvbn 4.4.2 does.
public struct Estimator: Sendable {
    /// How many UTF-16 units of a password are analysed.
    ///
    /// What follows counts as brute force.
    public static let longestPassword = 1024

    private let tables: [WordTable]

    /// Makes an estimator with the built-in word lists.
    ///
    /// - Parameter extraWords: further lists, for example the words of a site or of a language.
    public init(extraWords: [WordTable] = []) {
        tables = [.english] + extraWords
    }

    /// Estimates how many guesses find a password.
    ///
    /// - Parameters:
    ///   - password: the password.
    ///   - userInputs: words that belong to the person or the site, the most obvious first.
    ///   - referenceYear: the present year, near which an attacker looks for years and dates.
    /// - Returns: the estimate.
    public func estimate(
        _ password: String, userInputs: [String] = [], referenceYear: Int
    ) -> Estimate {
        estimate(
            units: Array(password.utf16), userInputs: userInputs.map { Array($0.utf16) },
            referenceYear: referenceYear)
    }

    /// Estimates how many guesses find a password given as UTF-16 units.
    ///
    /// - Parameters:
    ///   - units: the password. Surrogates need no partner.
    ///   - userInputs: words that belong to the person or the site, the most obvious first.
    ///   - referenceYear: the present year, near which an attacker looks for years and dates.
    /// - Returns: the estimate.
    public func estimate(
        units: [UInt16], userInputs: [[UInt16]] = [], referenceYear: Int
    ) -> Estimate {
        let analysed = Array(units.prefix(Self.longestPassword))
        let analysis = Analysis(
            tables: tables, userWords: UserWords(userInputs), referenceYear: referenceYear)
        var (guesses, sequence) = analysis.mostGuessableSequence(analysed)
        if units.count > analysed.count {
            (guesses, sequence) = Self.lengthened(guesses, sequence, to: units.count)
        }
        return Estimate(
            guesses: guesses, sequence: sequence,
            feedback: Feedback(score: Score(guesses: guesses), sequence: sequence, units: units))
    }

    /// Adds brute force for the units that were not analysed.
    private static func lengthened(
        _ guesses: Double, _ sequence: [Match], to count: Int
    ) -> (Double, [Match]) {
        let largest = Double.greatestFiniteMagnitude
        let rest = count - longestPassword
        var start = longestPassword
        var matches = sequence
        if let last = matches.last, last.pattern == .bruteForce {
            start = last.range.lowerBound
            matches.removeLast()
        }
        matches.append(
            Match(
                range: start...(count - 1), pattern: .bruteForce,
                guesses: BruteForce.guesses(length: count - start)))
        return (min(guesses * BruteForce.guesses(length: rest), largest), matches)
    }
}

/// Everything that stays the same while a password and its parts are analysed.
struct Analysis {
    let tables: [WordTable]
    let userWords: UserWords
    let referenceYear: Int

    /// The sequence that is guessed soonest, and how many guesses it takes.
    func mostGuessableSequence(_ units: [UInt16]) -> (guesses: Double, matches: [Match]) {
        var search = Search(candidates(of: units))
        return search.run()
    }

    /// All matches of the original's matchers.
    func candidates(of units: [UInt16]) -> Candidates {
        let password = Password(units)
        var candidates = Candidates(passwordCount: units.count)
        let readings = Readings(password)
        var customLists = 0
        for (index, table) in tables.enumerated() {
            let firstCustom = index == 0 ? nil : customLists
            table.withReader(customFrom: firstCustom) { reader in
                matchWords(reader, password, readings, into: &candidates)
            }
            if index > 0 { customLists += table.header.listSizes.count }
        }
        if !userWords.isEmpty { matchWords(userWords, password, readings, into: &candidates) }
        SpatialMatcher().match(password, into: &candidates)
        RepeatMatcher { mostGuessableSequence(Array($0)).guesses }
            .match(password, into: &candidates)
        SequenceMatcher().match(password, into: &candidates)
        RecentYearMatcher(referenceYear: referenceYear).match(password, into: &candidates)
        DateMatcher(referenceYear: referenceYear).match(password, into: &candidates)
        return candidates
    }

    private func matchWords(
        _ words: some WordIndex, _ password: Password, _ readings: Readings?,
        into candidates: inout Candidates
    ) {
        let dictionary = DictionaryMatcher(words: words)
        dictionary.match(password, into: &candidates)
        dictionary.matchReversed(password, into: &candidates)
        if let readings {
            SubstitutionMatcher(words: words, password: password, readings: readings)
                .match(into: &candidates)
        }
    }
}
