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
