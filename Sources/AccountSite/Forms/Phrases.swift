import Accounts
import Hypertext

// What stands in pages and messages in the form of their language: days, moments, waits, browsers.
// Each is a template of its own in `site/phrases/`, so that every word of them is the site's.

/// The month of a date.
enum Month: String, CaseIterable, Sendable {
    case january, february, march, april, may, june, july, august, september, october, november
    case december
}

/// A day, in UTC: `21 November 2026`.
struct DayPhrase: FormTemplate {
    static let name = "day"
    static let slots: [Slot<Self>] = [
        .count("day") { $0.day },
        .choice("month", of: Month.self) { $0.month },
        .text("year") { $0.year },
    ]
    private let day: Int
    private let month: Month
    private let year: String

    init(_ moment: Timestamp) {
        let (year, month, day) = moment.civilDate
        self.day = Int(day)
        self.month = Month.allCases[Int(month) - 1]
        self.year = String(year)
    }
}

/// A moment, in UTC: `today at 09:12 UTC`, `3 March 2026 at 08:05 UTC`.
struct MomentPhrase: FormTemplate {
    /// How the day is said.
    enum Kind: String, CaseIterable, Sendable {
        case today, yesterday, day
    }

    static let name = "moment"
    static let slots: [Slot<Self>] = [
        .choice("kind", of: Kind.self) { $0.kind },
        .message("day") { $0.day },
        .text("time") { $0.time },
    ]
    private let kind: Kind
    private let day: DayPhrase
    private let time: String

    /// Says when something was.
    ///
    /// - Parameters:
    ///   - moment: The moment.
    ///   - now: When it is read; nil for a message that may be read much later.
    init(_ moment: Timestamp, seenAt now: Timestamp? = nil) {
        kind =
            switch now.map({ $0.dayNumber - moment.dayNumber }) {
            case 0: .today
            case 1: .yesterday
            default: .day
            }
        day = DayPhrase(moment)
        time = String(moment.text.dropFirst(11).prefix(5))
    }
}

/// How long somebody has to wait: `12 seconds`, `1 minute`, `2 hours`; never too short.
struct WaitPhrase: FormTemplate {
    enum Unit: String, CaseIterable, Sendable {
        case second, minute, hour
    }

    static let name = "wait"
    static let slots: [Slot<Self>] = [
        .count("count") { $0.count },
        .choice("unit", of: Unit.self) { $0.unit },
    ]
    let count: Int
    let unit: Unit

    init(_ seconds: Int64) {
        let (count, unit): (Int64, Unit) =
            switch max(1, seconds) {
            case ..<Duration.minute: (max(1, seconds), .second)
            case ..<Duration.hour: ((seconds + 59) / Duration.minute, .minute)
            default: ((seconds + Duration.hour - 1) / Duration.hour, .hour)
            }
        self.count = Int(count)
        self.unit = unit
    }
}

/// A browser and its system: `Firefox on Linux`, `a browser on Android`.
struct BrowserPhrase: FormTemplate {
    /// What is known.
    enum Kind: String, CaseIterable, Sendable {
        case both, browser, system, neither
        /// It was no browser, but whoever runs the site.
        case `operator`
    }

    static let name = "browser"
    static let slots: [Slot<Self>] = [
        .choice("kind", of: Kind.self) { $0.kind },
        .text("browser") { $0.browser },
        .text("system") { $0.system },
    ]
    private let kind: Kind
    private let browser: String
    private let system: String

    /// Takes the words that are kept of a visitor.
    init(_ visitor: Visitor) {
        guard visitor != Operator.visitor else {
            (kind, browser, system) = (.operator, "", "")
            return
        }
        (browser, system) = BrowserName.parts(of: visitor.browser)
        kind =
            switch (browser.isEmpty, system.isEmpty) {
            case (false, false): .both
            case (false, true): .browser
            case (true, false): .system
            case (true, true): .neither
            }
    }
}
