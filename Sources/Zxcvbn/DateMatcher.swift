/// Finds dates: `1191`, `13.5.1999`, `2002-2-20`.
struct DateMatcher {
    let referenceYear: Int

    /// No date is longer: `11/11/1991`.
    private static let longest = 10

    // A date inside a longer one is noise: `2015_06_04` also holds 15_06_04 and 2015. So of the
    // dates that begin at one place only the longest counts, and only if no earlier one reaches
    // as far.
    func match(_ password: Password, into candidates: inout Candidates) {
        let units = password.units
        var reach = 0
        for start in units.indices where ASCII.digit(units[start]) != nil {
            guard let (pattern, end) = longestDate(in: units[start...].prefix(Self.longest)),
                end > reach
            else { continue }
            reach = end
            candidates.add(
                start, end - 1, .date(pattern),
                guesses: pattern.guesses(referenceYear: referenceYear), by: .date)
        }
    }

    /// The longest date at the beginning of `units`, and the position after it.
    private func longestDate(in units: ArraySlice<UInt16>) -> (DatePattern, end: Int)? {
        let digits = Self.digits(in: units)
        return separated(units, first: digits) ?? unseparated(digits)
    }

    /// The longest date of three numbers with the same separator between them.
    private func separated(
        _ units: ArraySlice<UInt16>, first: ArraySlice<UInt16>
    ) -> (DatePattern, end: Int)? {
        guard first.count <= 4, first.endIndex < units.endIndex else { return nil }
        let separator = units[first.endIndex]
        let middle = Self.digits(in: units[(first.endIndex + 1)...])
        guard Self.isSeparator(separator), (1...2).contains(middle.count),
            middle.endIndex < units.endIndex, units[middle.endIndex] == separator
        else { return nil }
        let last = Self.digits(in: units[(middle.endIndex + 1)...]).prefix(4)
        for end in stride(from: last.endIndex, to: last.startIndex, by: -1)
        where end - units.startIndex >= 6 {
            let numbers = (
                Self.number(first), Self.number(middle), Self.number(last[..<end])
            )
            if let date = DatePattern(numbers, separator: separator) { return (date, end) }
        }
        return nil
    }

    /// The longest date of four to eight digits.
    private func unseparated(_ digits: ArraySlice<UInt16>) -> (DatePattern, end: Int)? {
        for length in stride(from: min(8, digits.count), through: 4, by: -1) {
            let number = Self.number(digits.prefix(length))
            var nearest: DatePattern?
            for (first, second) in Self.splits[length - 4] {
                let last = Self.powers[length - second]
                let middle = Self.powers[second - first]
                let numbers = (
                    number / last / middle, number / last % middle, number % last
                )
                guard let date = DatePattern(numbers, separator: nil) else { continue }
                // The nearest year takes the fewest guesses; the first split wins a tie.
                if let nearest,
                    nearest.distance(to: referenceYear) <= date.distance(to: referenceYear)
                {
                    continue
                }
                nearest = date
            }
            if let nearest { return (nearest, digits.startIndex + length) }
        }
        return nil
    }

    /// Where four to eight digits may fall apart into three numbers.
    private static let splits: [[(Int, Int)]] = [
        [(1, 2), (2, 3)],  // 1·1·91 91·1·1
        [(1, 3), (2, 3)],  // 1·11·91 11·1·91
        [(1, 2), (2, 4), (4, 5)],  // 1·1·1991 11·11·91 1991·1·1
        [(1, 3), (2, 3), (4, 5), (4, 6)],  // 1·11·1991 11·1·1991 1991·1·11 1991·11·1
        [(2, 4), (4, 6)],  // 11·11·1991 1991·11·11
    ]

    private static let powers = [1, 10, 100, 1_000, 10_000]

    private static func digits(in units: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        units.prefix { ASCII.digit($0) != nil }
    }

    private static func number(_ digits: ArraySlice<UInt16>) -> Int {
        digits.reduce(0) { 10 * $0 + (ASCII.digit($1) ?? 0) }
    }

    // What `[\s/\\_.-]` matches, with the white space of ECMA-262.
    private static func isSeparator(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x2F, 0x5C, 0x5F, 0x2E, 0x2D: true
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000, 0xFEFF:
            true
        default: false
        }
    }
}

extension DatePattern {
    private static let years = 1000...2050
    private static let days = 1...31
    private static let months = 1...12

    /// Reads three numbers as a day, a month and a year, or `nil` if they cannot be that.
    ///
    /// The year comes first or last. This is no calendar: 31 February is a date.
    init?(_ numbers: (Int, Int, Int), separator: UInt16?) {
        let (first, middle, last) = numbers
        guard Self.days.contains(middle), Self.isPossible(first), Self.isPossible(last),
            // Beside the middle, which is a day, no two may be too large or too small for one.
            first <= 31 || last <= 31,
            first <= 12 || middle <= 12 || last <= 12,
            first > 0 || last > 0
        else { return nil }

        // A year of four digits leaves no choice; otherwise the last number is tried first.
        let isYearFirst = !Self.years.contains(last) && Self.years.contains(first)
        if !isYearFirst, let (day, month) = Self.dayAndMonth(first, middle) {
            self.init(separator: separator, year: Self.withCentury(last), month: month, day: day)
        } else if !Self.years.contains(last), let (day, month) = Self.dayAndMonth(middle, last) {
            self.init(separator: separator, year: Self.withCentury(first), month: month, day: day)
        } else {
            return nil
        }
    }

    private static func isPossible(_ number: Int) -> Bool {
        number <= 99 || years.contains(number)
    }

    private static func dayAndMonth(_ first: Int, _ second: Int) -> (Int, Int)? {
        if days.contains(first), months.contains(second) { return (first, second) }
        if days.contains(second), months.contains(first) { return (second, first) }
        return nil
    }

    private static func withCentury(_ year: Int) -> Int {
        switch year {
        case ...50: year + 2000
        case ...99: year + 1900
        default: year
        }
    }

    /// How far the year is from another.
    func distance(to referenceYear: Int) -> Double {
        (Double(year) - Double(referenceYear)).magnitude
    }

    /// How many guesses find the date for an attacker who goes back and forth from this year.
    func guesses(referenceYear: Int) -> Double {
        Self.yearGuesses(year, referenceYear: referenceYear) * 365 * (separator == nil ? 1 : 4)
    }

    /// How many guesses find a year: its distance, and never less than twenty.
    static func yearGuesses(_ year: Int, referenceYear: Int) -> Double {
        max((Double(year) - Double(referenceYear)).magnitude, 20)
    }
}
