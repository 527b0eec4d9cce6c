/// The sequences that end at one place, one for each length.
struct Shelf {
    struct Sequence {
        var guesses: Double
        /// The product of the guesses of its matches.
        var product: Double
        /// Where the last match starts.
        var start: Int
        /// The last match; `nil` for brute force.
        var candidate: Int?
    }

    /// The length of the longest sequence.
    private(set) var longest = 0
    private var sequences: [Sequence?] = [nil]
    /// The fewest guesses of any sequence of at most that length.
    private var fewest: [Double] = [.infinity]

    let orders = SequenceGuesses.orders
    private let shorter = SequenceGuesses.shorter

    subscript(length: Int) -> Sequence? { sequences[length] }

    /// The sequence with the fewest guesses; of several the shortest.
    var best: (length: Int, guesses: Double) {
        var best = (length: 0, guesses: Double.infinity)
        for (length, sequence) in sequences.enumerated() {
            if let sequence, sequence.guesses < best.guesses { best = (length, sequence.guesses) }
        }
        return best
    }

    mutating func clear() {
        longest = 0
        sequences.removeSubrange(1...)
        fewest.removeSubrange(1...)
    }

    /// Keeps a sequence unless one of at most that length takes no more guesses.
    ///
    /// What is not a number compares as neither more nor less: it is always kept, takes the place
    /// of a number, and keeps nothing out. Infinity is never kept, since it changes nothing; nor
    /// is what is longer than any number of guesses allows.
    @inline(__always)
    mutating func add(length: Int, product: Double, start: Int, candidate: Int?) {
        guard length <= SequenceGuesses.longest else { return }
        let guesses = orders[length] * product + shorter[length]
        if fewest[min(length, longest)] <= guesses { return }
        while longest < length {
            sequences.append(nil)
            fewest.append(fewest[longest])
            longest += 1
        }
        let replaced = sequences[length]?.guesses ?? .nan
        sequences[length] = Sequence(
            guesses: guesses, product: product, start: start, candidate: candidate)
        if guesses.isNaN {
            if replaced == fewest[length] { recount(from: length) }
        } else {
            var index = length
            while index <= longest, fewest[index] > guesses {
                fewest[index] = guesses
                index += 1
            }
        }
    }

    private mutating func recount(from length: Int) {
        for index in length...longest {
            fewest[index] = fewest[index - 1]
            if let guesses = sequences[index]?.guesses, guesses < fewest[index] {
                fewest[index] = guesses
            }
        }
    }
}
