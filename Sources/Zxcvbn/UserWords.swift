/// The words that belong to the person, which may contain anything.
struct UserWords: WordIndex {
    /// The words that begin with the units read so far, as a range of the sorted words.
    struct State {
        var range: Range<Int>
        var depth: Int
    }

    private var words: [[UInt16]] = []
    private var ranks: [Double] = []

    /// Ranks the words by their order.
    ///
    /// Of a word that stands there twice the last place counts.
    init(_ inputs: [[UInt16]]) {
        guard !inputs.isEmpty else { return }
        var rankByWord: [[UInt16]: Double] = [:]
        for (index, input) in inputs.enumerated() {
            rankByWord[Lowercase.of(input)] = Double(index + 1)
        }
        // Every JavaScript object has this name, and none can give it a rank.
        rankByWord[Array("__proto__".utf16)] = nil
        words = rankByWord.keys.sorted { $0.lexicographicallyPrecedes($1) }
        ranks = words.map { rankByWord[$0] ?? .nan }
    }

    var isEmpty: Bool { words.isEmpty }

    var start: State { State(range: words.indices, depth: 0) }

    func step(_ state: State, _ unit: UInt16) -> State? {
        let depth = state.depth
        // The word that ends here sorts first, and reads on as nothing.
        let lower = firstIndex(in: state.range) { depth < $0.count && $0[depth] >= unit }
        let upper = firstIndex(in: lower..<state.range.upperBound) { $0[depth] > unit }
        return lower < upper ? State(range: lower..<upper, depth: depth + 1) : nil
    }

    func word(at state: State) -> RankedWord? {
        let first = state.range.lowerBound
        guard words[first].count == state.depth else { return nil }
        return RankedWord(list: .userInputs, rank: ranks[first])
    }

    private func firstIndex(in range: Range<Int>, where isReached: ([UInt16]) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isReached(words[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
