import Accounts

/// Moments as a person reads them, in UTC.
enum DateText {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// A day: `21 November 2026`.
    static func day(_ moment: Timestamp) -> String {
        let (year, month, day) = moment.civilDate
        return "\(day) \(months[Int(month) - 1]) \(year)"
    }

    /// A moment: `today at 09:12 UTC`, `yesterday at 21:40 UTC`, `3 March 2026 at 08:05 UTC`.
    static func moment(_ moment: Timestamp, seenAt now: Timestamp) -> String {
        let day =
            switch now.dayNumber - moment.dayNumber {
            case 0: "today"
            case 1: "yesterday"
            default: day(moment)
            }
        return "\(day) at \(time(moment)) UTC"
    }

    /// A moment in full, for a message that may be read much later.
    static func full(_ moment: Timestamp) -> String {
        "\(day(moment)) at \(time(moment)) UTC"
    }

    /// How long somebody has to wait: `12 seconds`, `1 minute`, `2 hours`; never too short.
    static func wait(_ seconds: Int64) -> String {
        let (count, unit) =
            switch max(1, seconds) {
            case ..<Duration.minute: (max(1, seconds), "second")
            case ..<Duration.hour: ((seconds + 59) / Duration.minute, "minute")
            default: ((seconds + Duration.hour - 1) / Duration.hour, "hour")
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }

    private static func time(_ moment: Timestamp) -> String {
        String(moment.text.dropFirst(11).prefix(5))
    }
}
