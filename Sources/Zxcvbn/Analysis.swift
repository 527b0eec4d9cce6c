/// Everything that stays the same while a password and its parts are analysed.
struct Analysis {
    let tables: [WordTable]
    let userWords: UserWords
    let referenceYear: Int

    /// The sequence that is guessed soonest, and how many guesses it takes.
    func mostGuessableSequence(_ units: [UInt16]) -> (guesses: Double, matches: [Match]) {
        var search = Search(candidates(of: units))
        return search.run()
    }

    /// All matches of the original's matchers.
    func candidates(of units: [UInt16]) -> Candidates {
        let password = Password(units)
        var candidates = Candidates(passwordCount: units.count)
        let readings = Readings(password)
        var customLists = 0
        for (index, table) in tables.enumerated() {
            let firstCustom = index == 0 ? nil : customLists
            table.withReader(customFrom: firstCustom) { reader in
                matchWords(reader, password, readings, into: &candidates)
            }
            if index > 0 { customLists += table.header.listSizes.count }
        }
        if !userWords.isEmpty { matchWords(userWords, password, readings, into: &candidates) }
        SpatialMatcher().match(password, into: &candidates)
        RepeatMatcher { mostGuessableSequence(Array($0)).guesses }
            .match(password, into: &candidates)
        SequenceMatcher().match(password, into: &candidates)
        RecentYearMatcher(referenceYear: referenceYear).match(password, into: &candidates)
        DateMatcher(referenceYear: referenceYear).match(password, into: &candidates)
        return candidates
    }

    private func matchWords(
        _ words: some WordIndex, _ password: Password, _ readings: Readings?,
        into candidates: inout Candidates
    ) {
        let dictionary = DictionaryMatcher(words: words)
        dictionary.match(password, into: &candidates)
        dictionary.matchReversed(password, into: &candidates)
        if let readings {
            SubstitutionMatcher(words: words, password: password, readings: readings)
                .match(into: &candidates)
        }
    }
}
