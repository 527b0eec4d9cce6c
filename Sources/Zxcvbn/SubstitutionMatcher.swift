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
        var walk = Walk(matcher: self, isContextual: isContextual, candidates: candidates)
        for start in 0..<password.count
        where isContextual || readings.nextSubstitute[start] < password.count {
            walk.start = start
            walk.extend(words.start, at: start, agreeing: readings.all, isSubstituted: false)
        }
        candidates = walk.candidates
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
    var candidates: Candidates
    var start = 0
    /// The units read since `start`, if `isContextual`.
    var word: [UInt16] = []

    /// Reads on from `position`, where `agreeing` are the readings possible so far.
    mutating func extend(
        _ state: Words.State, at position: Int, agreeing: ReadingSet, isSubstituted: Bool
    ) {
        let readings = matcher.readings
        let count = matcher.password.count
        let depth = word.count
        defer { word.removeSubrange(depth...) }

        var state = state
        var agreeing = agreeing
        for position in position..<count {
            let unit = matcher.password.lowered[position]
            if let place = Readings.place(of: unit) {
                for (index, letter) in Substitutions.substitutes[place].letters.enumerated() {
                    let rest = agreeing.intersection(readings.choosing(index + 1, at: place))
                    guard rest.first != nil, let next = matcher.words.step(state, letter)
                    else { continue }
                    if isContextual { word.append(letter) }
                    found(next, at: position, agreeing: rest, isSubstituted: true)
                    extend(next, at: position + 1, agreeing: rest, isSubstituted: true)
                    if isContextual { word.removeLast() }
                }
                agreeing = agreeing.intersection(readings.choosing(0, at: place))
                if agreeing.first == nil { return }
            }
            guard
                isSubstituted || isContextual || readings.nextSubstitute[position] < count,
                let next = matcher.words.step(state, unit)
            else { return }
            if isContextual { word.append(unit) }
            found(next, at: position, agreeing: agreeing, isSubstituted: isSubstituted)
            state = next
        }
    }

    // A single character would match the commonest words.
    private mutating func found(
        _ state: Words.State, at end: Int, agreeing: ReadingSet, isSubstituted: Bool
    ) {
        guard end > start, isSubstituted || isContextual, let word = matcher.words.word(at: state)
        else { return }
        guard !isContextual else { return foundInContext(word, at: end, agreeing: agreeing) }
        // All that agree read this part alike.
        guard let first = agreeing.first else { return }
        add(word, first, matcher.substitutes(start, end), at: end)
    }

    // The original asks whether the part in lower case is the word, and which substitutes stand in
    // the part. After U+0130, which shifts the lower case, that is another part than the one read.
    private mutating func foundInContext(
        _ found: RankedWord, at end: Int, agreeing: ReadingSet
    ) {
        guard Lowercase.of(Array(matcher.password.units[start...end])) != word else { return }
        let places = matcher.substitutes(start, end)
        var seen: Set<Substitutions> = []
        for (index, reading) in matcher.readings.list.enumerated()
        where agreeing.contains(index) && seen.insert(reading.restricted(to: places)).inserted {
            add(found, index, places, at: end)
        }
    }

    private mutating func add(_ word: RankedWord, _ reading: Int, _ places: UInt32, at end: Int) {
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
            let letter = substitute.letters[choice - 1]
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
