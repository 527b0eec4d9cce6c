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
        var walk = Walk(matcher: self, candidates: candidates)
        for start in 0..<password.count where readings.nextSubstitute[start] < password.count {
            walk.start = start
            walk.extend(words.start, at: start, agreeing: readings.all, isSubstituted: false)
        }
        candidates = walk.candidates
    }

    private struct Walk {
        let matcher: SubstitutionMatcher
        var candidates: Candidates
        var start = 0

        /// Reads on from `position`, where `agreeing` are the readings possible so far.
        mutating func extend(
            _ state: Words.State, at position: Int, agreeing: ReadingSet, isSubstituted: Bool
        ) {
            let readings = matcher.readings
            var state = state
            var agreeing = agreeing
            var position = position
            while position < matcher.password.count {
                let unit = matcher.password.lowered[position]
                if let place = readings.place(of: unit) {
                    for (index, letter) in Substitutions.substitutes[place].letters.enumerated() {
                        let rest = agreeing.intersection(readings.choosing(index + 1, at: place))
                        guard !rest.isEmpty, let next = matcher.words.step(state, letter)
                        else { continue }
                        found(next, at: position, agreeing: rest)
                        extend(next, at: position + 1, agreeing: rest, isSubstituted: true)
                    }
                    agreeing = agreeing.intersection(readings.choosing(0, at: place))
                    if agreeing.isEmpty { return }
                }
                guard isSubstituted || readings.nextSubstitute[position] < matcher.password.count,
                    let next = matcher.words.step(state, unit)
                else { return }
                if isSubstituted { found(next, at: position, agreeing: agreeing) }
                state = next
                position += 1
            }
        }

        private mutating func found(_ state: Words.State, at end: Int, agreeing: ReadingSet) {
            // A single character would match the commonest words.
            guard end > start, let word = matcher.words.word(at: state),
                let first = agreeing.first
            else { return }
            let reading = matcher.readings.list[first]
            let substitutions = reading.restricted(to: matcher.substitutes(start, end))
            let password = matcher.password
            let guesses =
                word.rank * password.caseVariations(start, end)
                * password.variations(of: substitutions, start, end)
            candidates.add(
                start, end, .dictionary(DictionaryPattern(word, substitutions: substitutions)),
                guesses: guesses, by: .substitution, order: first)
        }
    }

    /// A bit for each substitute in the part.
    private func substitutes(_ start: Int, _ end: Int) -> UInt32 {
        password.units[start...end].reduce(into: 0) { places, unit in
            if let place = readings.place(of: unit) { places |= 1 << UInt32(place) }
        }
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
