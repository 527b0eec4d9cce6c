/// Finds dates: `1191`, `13.5.1999`, `2002-2-20`.
struct DateMatcher {
    let referenceYear: Int

    // A date inside a longer one is noise: `2015_06_04` also holds 15_06_04 and 2015. So of the
    // dates that begin at one place only the longest counts, and only if no earlier one reaches
    // as far.
    func match(_ password: Password, into candidates: inout Candidates) {
        let units = password.units
        var reach = 0
        for start in units.indices where ASCII.digit(units[start]) != nil {
            guard let (pattern, end) = longestDate(in: units[start...].prefix(10)), end > reach
            else { continue }
            reach = end
            candidates.add(
                start, end - 1, .date(pattern),
                guesses: pattern.guesses(referenceYear: referenceYear), by: .date)
        }
    }

    /// The longest date at the beginning of `units`, and the position after it.
    private func longestDate(in units: ArraySlice<UInt16>) -> (DatePattern, end: Int)? {
        let start = units.startIndex
        let digits = units.prefix { ASCII.digit($0) != nil }
        if (1...4).contains(digits.count), let separator = units.dropFirst(digits.count).first,
            Self.isSeparator(separator)
        {
            let middle = units.dropFirst(digits.count + 1).prefix { ASCII.digit($0) != nil }
            guard (1...2).contains(middle.count), middle.endIndex < units.endIndex,
                units[middle.endIndex] == separator
            else { return unseparated(digits) }
            let rest = units[(middle.endIndex + 1)...].prefix(4).prefix { ASCII.digit($0) != nil }
            for end in stride(from: rest.endIndex, to: rest.startIndex, by: -1)
            where end - start >= 6 {
                let numbers = [digits, middle, rest[..<end]].map(Self.number)
                if let date = DatePattern(numbers, separator: separator) { return (date, end) }
            }
        }
        return unseparated(digits)
    }

    private func unseparated(_ digits: ArraySlice<UInt16>) -> (DatePattern, end: Int)? {
        let start = digits.startIndex
        for length in stride(from: min(8, digits.count), through: 4, by: -1) {
            let token = digits.prefix(length)
            // The nearest year takes the fewest guesses; the first split wins a tie.
            let nearest = Self.splits[length - 4]
                .compactMap { first, second in
                    DatePattern(
                        [
                            token[..<(start + first)], token[(start + first)..<(start + second)],
                            token[(start + second)...],
                        ].map(Self.number), separator: nil)
                }
                .min { $0.distance(to: referenceYear) < $1.distance(to: referenceYear) }
            if let nearest { return (nearest, start + length) }
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
    init?(_ numbers: [Int], separator: UInt16?) {
        let (first, middle, last) = (numbers[0], numbers[1], numbers[2])
        guard Self.days.contains(middle),
            numbers.allSatisfy({ $0 <= 99 || Self.years.contains($0) }),
            numbers.count(where: { $0 > 31 }) < 2,
            numbers.count(where: { $0 > 12 }) < 3,
            numbers.count(where: { $0 <= 0 }) < 2
        else { return nil }

        let readings = [(year: last, rest: (first, middle)), (year: first, rest: (middle, last))]
        // A year of four digits leaves no choice.
        let reading = readings.first { Self.years.contains($0.year) }
        for (year, rest) in reading.map({ [$0] }) ?? readings {
            guard let (day, month) = Self.dayAndMonth(rest) else { continue }
            self.init(
                separator: separator, year: Self.withCentury(year), month: month, day: day)
            return
        }
        return nil
    }

    private static func dayAndMonth(_ numbers: (Int, Int)) -> (Int, Int)? {
        [numbers, (numbers.1, numbers.0)].first { days.contains($0.0) && months.contains($0.1) }
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
