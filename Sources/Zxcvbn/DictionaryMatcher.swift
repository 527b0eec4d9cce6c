/// Finds words of the lists, forwards and backwards.
struct DictionaryMatcher<Words: WordIndex> {
    let words: Words

    func match(_ password: Password, into candidates: inout Candidates) {
        scan(password.lowered, count: password.count) { start, end, word in
            let guesses = word.rank * password.caseVariations(start, end)
            candidates.add(
                start, end, .dictionary(DictionaryPattern(word)), guesses: guesses,
                by: .dictionary)
        }
    }

    func matchReversed(_ password: Password, into candidates: inout Candidates) {
        let last = password.count - 1
        scan(password.reversedLowered, count: password.count) { first, second, word in
            let (start, end) = (last - second, last - first)
            let guesses = word.rank * password.caseVariations(start, end) * 2
            candidates.add(
                start, end, .dictionary(DictionaryPattern(word, isReversed: true)),
                guesses: guesses, by: .reversedDictionary)
        }
    }

    /// Calls `found` with each word of the first `count` units of `text`.
    @inline(__always)
    private func scan(
        _ text: [UInt16], count: Int, found: (_ start: Int, _ end: Int, RankedWord) -> Void
    ) {
        for start in 0..<count {
            var state = words.start
            var end = start
            while end < count, let next = words.step(state, text[end]) {
                if let word = words.word(at: next) { found(start, end, word) }
                state = next
                end += 1
            }
        }
    }
}

extension DictionaryPattern {
    init(
        _ word: RankedWord, isReversed: Bool = false, isSubstituted: Bool = false,
        substitutions: Substitutions = []
    ) {
        list = word.list
        // Not a number only for words that the search never chooses.
        rank = word.rank.isNaN ? 0 : Int(word.rank)
        self.isReversed = isReversed
        self.isSubstituted = isSubstituted
        self.substitutions = substitutions
    }
}

extension Password {
    /// In how many ways the part from `start` to `end` may be capitalised.
    func caseVariations(_ start: Int, _ end: Int) -> Double {
        guard hasUpper else { return 1 }
        let part = units[start...end]
        let upper = part.count(where: ASCII.isUpper)
        guard upper > 0 else { return 1 }
        let lower = part.count(where: ASCII.isLower)
        // The usual ways only double the guesses: all upper case, or one capital at either end.
        let isAtEnd = ASCII.isUpper(units[start]) || ASCII.isUpper(units[end])
        if lower == 0 || upper == 1 && isAtEnd { return 2 }
        return Arithmetic.choices(of: upper + lower, upTo: min(upper, lower))
    }
}
