/// Finds the years 1900 to 2019; the original knows no later ones.
struct RecentYearMatcher {
    let referenceYear: Int

    func match(_ password: Password, into candidates: inout Candidates) {
        var start = 0
        while start + 4 <= password.count {
            guard let year = Self.year(password.units[start..<start + 4]) else {
                start += 1
                continue
            }
            candidates.add(
                start, start + 3, .recentYear(year),
                guesses: DatePattern.yearGuesses(year, referenceYear: referenceYear),
                by: .recentYear)
            start += 4
        }
    }

    private static func year(_ units: ArraySlice<UInt16>) -> Int? {
        var year = 0
        for unit in units {
            guard let digit = ASCII.digit(unit) else { return nil }
            year = 10 * year + digit
        }
        return (1900...2019).contains(year) ? year : nil
    }
}
