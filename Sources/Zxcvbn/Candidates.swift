/// The matches that the matchers found, before the search chooses among them.
struct Candidates {
    /// A match with its place in the order in which the original would have found it.
    struct Candidate {
        let start: Int
        let end: Int
        /// Among matches of the same part: the matcher first, then what the matcher says.
        let order: Int
        let guesses: Double
        let pattern: Pattern

        var match: Match { Match(range: start...end, pattern: pattern, guesses: guesses) }
    }

    /// The matchers in the original's order.
    enum Matcher: Int {
        case dictionary, reversedDictionary, substitution, spatial, repetition, sequence
        case recentYear, date
    }

    private(set) var list: [Candidate] = []
    private let passwordCount: Int

    init(passwordCount: Int) {
        self.passwordCount = passwordCount
        list.reserveCapacity(2 * passwordCount)
    }

    /// Adds a match of the units from `start` to `end`, both included.
    ///
    /// A part of a longer password takes at least the guesses that brute force makes possible.
    /// What is not a number stays so.
    mutating func add(
        _ start: Int, _ end: Int, _ pattern: Pattern, guesses: Double, by matcher: Matcher,
        order: Int = 0
    ) {
        let length = end - start + 1
        let minimum = length < passwordCount ? BruteForce.minimum(ofLength: length) : 1
        list.append(
            Candidate(
                start: start, end: end, order: matcher.rawValue << 32 | order,
                guesses: guesses < minimum ? minimum : guesses, pattern: pattern))
    }
}
