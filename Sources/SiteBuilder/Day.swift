private import Foundation

/// A day of the Gregorian calendar.
package struct Day: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package let number: Int

    /// Makes the day so many days after 1970-01-01.
    package init(number: Int) {
        self.number = number
    }

    /// Reads `2026-11-28`, and nothing else.
    package init?(_ text: some StringProtocol) {
        guard let date = try? Self.style.parse(String(text)) else { return nil }
        number = Int(date.timeIntervalSince1970) / Self.seconds
        // February 30 would be a day of March, and 2026-1-2 one of January.
        guard self.text == text else { return nil }
    }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// The day as `2026-11-28`.
    package var text: String {
        Self.style.format(Date(timeIntervalSince1970: Double(number * Self.seconds)))
    }

    private static let seconds = 86_400
    private static var style: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    }
}
