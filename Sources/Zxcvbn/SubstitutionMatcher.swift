/// Finds words in which other characters stand for letters: `p4ssw0rd`.
///
/// The original takes each reading of the password's substitutes, translates the whole password and
/// looks for words again. Here one walk through the words follows all readings at once: it carries
/// the set of those that agree with the choices made so far, and gives up when none is left.
struct SubstitutionMatcher<Words: WordIndex> {
    let words: Words
    let password: Password
    let readings: Readings

    func match(into candidates: inout Candidates) {
        let isContextual = password.hasContextualLowercase
        var walk = Walk(matcher: self, isContextual: isContextual)
        let beginning = Walk<Words>.Branch(
            state: words.start, agreeing: readings.all, isSubstituted: false)
        for start in 0..<password.count {
            walk.start = start
            walk.follow(beginning, from: start, into: &candidates)
        }
    }

    /// A bit for each substitute in the part.
    fileprivate func substitutes(_ start: Int, _ end: Int) -> UInt32 {
        password.units[start...end].reduce(into: 0) { places, unit in
            if let place = Readings.place(of: unit) { places |= 1 << UInt32(place) }
        }
    }

    fileprivate func guesses(
        _ word: RankedWord, _ substitutions: Substitutions, _ start: Int, _ end: Int
    ) -> Double {
        word.rank * password.caseVariations(start, end)
            * password.variations(of: substitutions, start, end)
    }
}

private struct Walk<Words: WordIndex> {
    let matcher: SubstitutionMatcher<Words>
    /// Whether a part's lower case has to be asked for.
    let isContextual: Bool
    var start = 0
    /// The units read since `start`, if `isContextual`.
    var word: [UInt16] = []

    /// What has been read since `start`.
    struct Branch {
        /// Where it leads in the words.
        var state: Words.State
        /// The readings that agree with it.
        var agreeing: ReadingSet
        /// Whether a substitute was read as a letter.
        var isSubstituted: Bool
    }

    /// Reads on from `position`.
    ///
    /// A substitute forks the way only where it stands for the first time, so forks are nested no
    /// deeper than there are substitutes.
    mutating func follow(
        _ branch: Branch, from position: Int, into candidates: inout Candidates
    ) {
        let readings = matcher.readings
        let count = matcher.password.count
        let depth = word.count
        defer { word.removeSubrange(depth...) }

        var branch = branch
        for position in position..<count {
            guard branch.isSubstituted || isContextual || readings.nextSubstitute[position] < count
            else { return }
            let unit = matcher.password.lowered[position]
            guard let place = Readings.place(of: unit) else {
                guard let state = matcher.words.step(branch.state, unit) else { return }
                branch.state = state
                arrive(branch, by: unit, at: position, into: &candidates)
                continue
            }
            var last: (branch: Branch, unit: UInt16)?
            for (choice, read) in Substitutions.substitutes[place].spellings.enumerated() {
                let agreeing = branch.agreeing.intersection(readings.choosing(choice, at: place))
                guard agreeing.first != nil, let state = matcher.words.step(branch.state, read)
                else { continue }
                if let last {
                    arrive(last.branch, by: last.unit, at: position, into: &candidates)
                    follow(last.branch, from: position + 1, into: &candidates)
                    if isContextual { word.removeLast() }
                }
                let isSubstituted = branch.isSubstituted || choice > 0
                last = (
                    Branch(state: state, agreeing: agreeing, isSubstituted: isSubstituted), read
                )
            }
            guard let last else { return }
            branch = last.branch
            arrive(branch, by: last.unit, at: position, into: &candidates)
        }
    }

    // A single character would match the commonest words.
    private mutating func arrive(
        _ branch: Branch, by unit: UInt16, at end: Int, into candidates: inout Candidates
    ) {
        if isContextual { word.append(unit) }
        guard end > start, branch.isSubstituted || isContextual,
            let found = matcher.words.word(at: branch.state)
        else { return }
        guard !isContextual else {
            return foundInContext(found, at: end, agreeing: branch.agreeing, into: &candidates)
        }
        // All that agree read this part alike.
        guard let first = branch.agreeing.first else { return }
        add(found, first, matcher.substitutes(start, end), at: end, to: &candidates)
    }

    // The original asks whether the part in lower case is the word, and which substitutes stand in
    // the part. After U+0130, which shifts the lower case, that is another part than the one read.
    private func foundInContext(
        _ found: RankedWord, at end: Int, agreeing: ReadingSet, into candidates: inout Candidates
    ) {
        guard Lowercase.of(Array(matcher.password.units[start...end])) != word else { return }
        let places = matcher.substitutes(start, end)
        var seen: Set<Substitutions> = []
        for (index, reading) in matcher.readings.list.enumerated()
        where agreeing.contains(index) && seen.insert(reading.restricted(to: places)).inserted {
            add(found, index, places, at: end, to: &candidates)
        }
    }

    private func add(
        _ word: RankedWord, _ reading: Int, _ places: UInt32, at end: Int,
        to candidates: inout Candidates
    ) {
        let substitutions = matcher.readings.list[reading].restricted(to: places)
        candidates.add(
            start, end,
            .dictionary(
                DictionaryPattern(word, isSubstituted: true, substitutions: substitutions)),
            guesses: matcher.guesses(word, substitutions, start, end), by: .substitution,
            order: reading)
    }
}

extension Password {
    /// In how many ways the substitutes in the part from `start` to `end` may have been chosen.
    func variations(of substitutions: Substitutions, _ start: Int, _ end: Int) -> Double {
        var variations = 1.0
        for (place, substitute) in Substitutions.substitutes.enumerated() {
            let choice = substitutions.choice(at: place)
            guard choice > 0 else { continue }
            let letter = substitute.spellings[choice]
            var substituted = 0
            var plain = 0
            for unit in units[start...end] {
                if unit == substitute.unit { substituted += 1 }
                // U+0130 has an i in lower case.
                if ASCII.lowercased(unit) == letter || unit == 0x130 && letter == 0x69 {
                    plain += 1
                }
            }
            if plain == 0 || substituted == 0 {
                variations *= 2
            } else {
                variations *= Arithmetic.choices(
                    of: plain + substituted, upTo: min(plain, substituted))
            }
        }
        return variations
    }
}
