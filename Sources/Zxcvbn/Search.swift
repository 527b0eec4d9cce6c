/// Finds the sequence of matches that an attacker guesses soonest.
///
/// A sequence of l matches takes
///
///     g = l! · Π guesses + 10000^(l − 1)
///
/// guesses: the matches can come in l! orders, and shorter sequences are tried before. For each end
/// and each length the search keeps one sequence, and lengthens those by what follows. A sequence
/// is kept if none so far with the same end and at most as many matches takes fewer guesses. So
/// what is kept depends on the order of the candidates, which is the original's: at each end first
/// the matches by their start, then brute force by its start, and each after shorter sequences
/// before longer ones.
///
/// The original tries brute force after every sequence of every earlier end, a cubic effort. Here
/// `Front` leaves out those that an earlier one makes hopeless.
struct Search {
    private let count: Int
    private let candidates: [Candidates.Candidate]
    /// The candidates by end, then in the original's order, with the first one of each end.
    private let order: [Int]
    private let firstAtEnd: [Int]
    /// Whether a candidate starts there.
    private let isStart: [Bool]

    /// What is kept for the present end.
    private var shelf: Shelf
    /// What brute force can lengthen.
    private var front: Front

    /// What was kept for the earlier ends.
    private var kept: Ledger<Kept>

    init(_ list: Candidates) {
        count = list.passwordCount
        candidates = list.list
        (order, firstAtEnd) = list.ordered()
        var isStart = [Bool](repeating: false, count: count + 1)
        for candidate in candidates { isStart[candidate.start] = true }
        self.isStart = isStart
        shelf = Shelf()
        front = Front()
        kept = Ledger(entryCount: count)
    }

    /// How many matches it chooses among.
    var matchCount: Int { order.count }

    /// How many sequences brute force has lengthened.
    var lengthenedCount: Int { front.lengthenedCount }

    /// The fewest guesses, and the matches that take them.
    mutating func run() -> (guesses: Double, matches: [Match]) {
        guard count > 0 else { return (1, []) }
        for end in 0..<count {
            shelf.clear()
            // Unless nothing ends here or goes on from here.
            if firstAtEnd[end] < firstAtEnd[end + 1] || isStart[end + 1] || end == count - 1 {
                addMatches(endingAt: end)
                shelf.add(
                    length: 1, product: BruteForce.guesses(length: end + 1), start: 0,
                    candidate: nil)
                front.addBruteForce(to: &shelf, end: end)
            }
            close(end)
            front.advance()
        }
        return unwind()
    }

    private mutating func addMatches(endingAt end: Int) {
        for index in order[firstAtEnd[end]..<firstAtEnd[end + 1]] {
            let candidate = candidates[index]
            guard candidate.start > 0 else {
                shelf.add(length: 1, product: candidate.guesses, start: 0, candidate: index)
                continue
            }
            var length = 1
            for previous in kept[candidate.start - 1] {
                length += 1
                guard previous.product != 0 else { continue }
                shelf.add(
                    length: length, product: candidate.guesses * previous.product,
                    start: candidate.start, candidate: index)
            }
        }
    }

    /// Records what the shelf holds.
    private mutating func close(_ end: Int) {
        var lowest = Double.infinity
        for length in stride(from: 1, through: shelf.longest, by: 1) {
            guard let sequence = shelf[length] else {
                kept.append(Kept(product: 0, start: 0, candidate: nil))
                continue
            }
            // A shorter sequence that takes fewer guesses with any further match, and is tried
            // just before with each, leaves no chance to this one.
            let lengthened = shelf.orders[length + 1] * sequence.product
            let isHopeless = lengthened == .infinity || lengthened > lowest * Front.margin
            if lengthened < lowest { lowest = lengthened }
            kept.append(
                Kept(
                    product: isHopeless ? 0 : sequence.product, start: sequence.start,
                    candidate: sequence.candidate))
            if sequence.candidate != nil {
                front.add(
                    end: end, length: length, product: sequence.product, lengthened: lengthened)
            }
        }
        kept.endEntry()
    }

    private func unwind() -> (guesses: Double, matches: [Match]) {
        var end = count - 1
        var (length, guesses) = shelf.best
        var matches: [Match] = []
        while end >= 0 {
            let entries = kept[end]
            let sequence = entries[entries.startIndex + length - 1]
            if let candidate = sequence.candidate {
                matches.append(candidates[candidate].match)
            } else {
                matches.append(
                    Match(
                        range: sequence.start...end, pattern: .bruteForce,
                        guesses: BruteForce.guesses(length: end - sequence.start + 1)))
            }
            end = sequence.start - 1
            length -= 1
        }
        return (guesses, matches.reversed())
    }
}

/// What was kept for one length.
private struct Kept {
    /// The product of its matches' guesses; 0 if lengthening it by a match is hopeless.
    var product: Double
    private let startNumber: Int32
    private let candidateNumber: Int32

    /// Where the last match starts.
    var start: Int { Int(startNumber) }

    /// The last match; `nil` for brute force.
    var candidate: Int? { candidateNumber < 0 ? nil : Int(candidateNumber) }

    init(product: Double, start: Int, candidate: Int?) {
        self.product = product
        startNumber = Int32(truncatingIfNeeded: start)
        candidateNumber = Int32(truncatingIfNeeded: candidate ?? -1)
    }
}

/// Entries of any number of elements, one after another.
private struct Ledger<Element> {
    private var elements: [Element] = []
    private var starts = [0]

    init(entryCount: Int) {
        elements.reserveCapacity(4 * entryCount)
        starts.reserveCapacity(entryCount + 1)
    }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func endEntry() { starts.append(elements.count) }

    subscript(entry: Int) -> ArraySlice<Element> { elements[starts[entry]..<starts[entry + 1]] }
}
