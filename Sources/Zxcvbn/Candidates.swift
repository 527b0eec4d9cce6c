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
    let passwordCount: Int

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
    /// The places of the candidates in `list` by end, then start, then the original's order, and
    /// for each end and one more the first of its places.
    ///
    /// Of those with the same start and end, only such are left as take fewer guesses than all
    /// before: the search never chooses the others.
    func ordered() -> (order: [Int], firstAtEnd: [Int]) {
        var places = [Int](repeating: 0, count: passwordCount + 1)
        for candidate in list { places[candidate.end + 1] += 1 }
        for end in 0..<passwordCount { places[end + 1] += places[end] }
        var byEnd = [Int](repeating: 0, count: list.count)
        var next = places
        for (index, candidate) in list.enumerated() {
            byEnd[next[candidate.end]] = index
            next[candidate.end] += 1
        }

        var order: [Int] = []
        order.reserveCapacity(list.count)
        var firstAtEnd = [0]
        firstAtEnd.reserveCapacity(passwordCount + 1)
        for end in 0..<passwordCount {
            var fewest = Double.infinity
            var start = -1
            for index in sorted(byEnd[places[end]..<places[end + 1]]) {
                let candidate = list[index]
                if candidate.start != start { fewest = .infinity }
                start = candidate.start
                if candidate.guesses >= fewest { continue }
                // What is not a number makes room again.
                fewest = candidate.guesses.isNaN ? .infinity : candidate.guesses
                order.append(index)
            }
            firstAtEnd.append(order.count)
        }
        return (order, firstAtEnd)
    }

    // Few have the same end, so they are put in one by one.
    private func sorted(_ indices: ArraySlice<Int>) -> [Int] {
        var sorted: [Int] = []
        for index in indices {
            let (start, order) = (list[index].start, list[index].order)
            var place = sorted.count
            while place > 0 {
                let before = list[sorted[place - 1]]
                if (before.start, before.order) <= (start, order) { break }
                place -= 1
            }
            sorted.insert(index, at: place)
        }
        return sorted
    }
}
