/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
    package static func + (moment: Self, seconds: Int64) -> Self {
        Self(seconds: moment.seconds + seconds)
    }
    package static func - (moment: Self, seconds: Int64) -> Self { moment + -seconds }

    /// How many seconds lie between two moments.
    package static func - (left: Self, right: Self) -> Int64 { left.seconds - right.seconds }
}

// MARK: - Text

// 2026-11-21T09:12:00Z: RFC 3339, always in UTC, always in whole seconds, so that a moment has
// one spelling and moments sort as their texts do.

extension Timestamp {
    /// The moment in the form of RFC 3339, in UTC; its year has four digits, 0000 to 9999.
    package var text: String {
        var digits = Array("0000-00-00T00:00:00Z".utf8)
        func write(_ number: Int64, _ range: Range<Int>) {
            var rest = number
            for index in range.reversed() {
                digits[index] += UInt8(rest % 10)
                rest /= 10
            }
        }
        let (year, month, day) = civilDate
        write(year, 0..<4)
        write(month, 5..<7)
        write(day, 8..<10)
        write(secondOfDay / 3600, 11..<13)
        write(secondOfDay / 60 % 60, 14..<16)
        write(secondOfDay % 60, 17..<19)
        return String(decoding: digits, as: UTF8.self)
    }

    /// Reads the one form which `text` writes, for the years 1970 to 9999.
    package init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        guard
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            year >= 1970, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(seconds: ((days * 24 + hour) * 60 + minute) * 60 + second)
        guard self.text.utf8.elementsEqual(bytes) else { return nil }
    }
}

// MARK: - The calendar

// The proleptic Gregorian calendar counted in eras of 400 years (146,097 days) which begin on the
// first of March, so that the leap day is the last day of a year.

extension Timestamp {
    /// The second of the day, 0 to 86,399, in UTC.
    package var secondOfDay: Int64 { seconds - dayNumber * 86_400 }

    /// Days since 1970-01-01; day 0 was a Thursday.
    package var dayNumber: Int64 {
        seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    /// Year, month (1 to 12) and day of the month, in UTC.
    package var civilDate: (year: Int64, month: Int64, day: Int64) {
        let sinceMarch0 = dayNumber + 719_468
        let era = (sinceMarch0 >= 0 ? sinceMarch0 : sinceMarch0 - 146_096) / 146_097
        let dayOfEra = sinceMarch0 - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

/// Lengths of time, in seconds.
package enum Duration {
    package static let minute: Int64 = 60
    package static let hour: Int64 = 60 * minute
    package static let day: Int64 = 24 * hour

    /// Reads a length in words of a setting: `15m`, `2h` or `7d`, of at most 1000 such units.
    static func seconds(_ text: some StringProtocol) -> Int64? {
        let unit: Int64
        switch text.last {
        case "m": unit = minute
        case "h": unit = hour
        case "d": unit = day
        default: return nil
        }
        guard
            let number = Int64(text.dropLast()), (1...1000).contains(number)
        else { return nil }
        return number * unit
    }
}
