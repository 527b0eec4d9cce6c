/// Finds the sequence of matches that an attacker guesses soonest.
///
/// A sequence of l matches takes
///
///     g = l! · Π guesses + 10000^(l − 1)
///
/// guesses: the matches can come in l! orders, and shorter sequences are tried before. For each end
/// and each length the search keeps the best sequence, and lengthens those by what follows.
struct Search {
    /// A sequence of matches that covers the password up to some end.
    private struct Sequence {
        var guesses: Double
        /// The product of the guesses of its matches.
        var product: Double
        /// Where the last match starts, and which it is; `nil` for brute force.
        var start: Int
        var candidate: Int?
    }

    private let count: Int
    private let candidates: [Candidates.Candidate]
    // The best sequences by end and length − 1.
    private var best: [[Sequence?]] = []

    init(_ candidates: [Candidates.Candidate], count: Int) {
        self.candidates = candidates
        self.count = count
    }

    private static func guesses(length: Int, product: Double) -> Double {
        let orders =
            length < Arithmetic.factorials.count ? Arithmetic.factorials[length] : .infinity
        let exponent = 4 * (length - 1)
        let shorter =
            exponent < Arithmetic.powersOfTen.count ? Arithmetic.powersOfTen[exponent] : .infinity
        return orders * product + shorter
    }

    private func update(
        _ sequences: inout [Sequence?], length: Int, product: Double, start: Int, candidate: Int?
    ) {
        let guesses = Self.guesses(length: length, product: product)
        for sequence in sequences.prefix(length) {
            if let sequence, sequence.guesses <= guesses { return }
        }
        while sequences.count < length { sequences.append(nil) }
        sequences[length - 1] = Sequence(
            guesses: guesses, product: product, start: start, candidate: candidate)
    }

    mutating func run() -> (guesses: Double, matches: [Match]) {
        guard count > 0 else { return (1, []) }
        var byEnd = [[Int]](repeating: [], count: count)
        for index in candidates.indices { byEnd[candidates[index].end].append(index) }
        for end in 0..<count {
            var sequences: [Sequence?] = []
            let here = byEnd[end].sorted {
                (candidates[$0].start, candidates[$0].order, $0) < (
                    candidates[$1].start, candidates[$1].order, $1
                )
            }
            for index in here {
                let candidate = candidates[index]
                if candidate.start == 0 {
                    update(
                        &sequences, length: 1, product: candidate.guesses, start: 0,
                        candidate: index)
                } else {
                    for (offset, last) in best[candidate.start - 1].enumerated() {
                        guard let last else { continue }
                        update(
                            &sequences, length: offset + 2,
                            product: candidate.guesses * last.product, start: candidate.start,
                            candidate: index)
                    }
                }
            }
            update(
                &sequences, length: 1, product: BruteForce.guesses(length: end + 1), start: 0,
                candidate: nil)
            for start in stride(from: 1, through: end, by: 1) {
                for (offset, last) in best[start - 1].enumerated() {
                    guard let last, last.candidate != nil else { continue }
                    update(
                        &sequences, length: offset + 2,
                        product: BruteForce.guesses(length: end - start + 1) * last.product,
                        start: start, candidate: nil)
                }
            }
            best.append(sequences)
        }
        return unwind()
    }

    private func unwind() -> (guesses: Double, matches: [Match]) {
        var end = count - 1
        var length = 0
        var guesses = Double.infinity
        for (offset, sequence) in best[end].enumerated() {
            if let sequence, sequence.guesses < guesses {
                guesses = sequence.guesses
                length = offset + 1
            }
        }
        var matches: [Match] = []
        while end >= 0, let sequence = best[end][length - 1] {
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
