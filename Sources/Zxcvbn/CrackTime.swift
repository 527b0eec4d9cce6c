/// How an attacker tries guesses.
public enum Attack: String, Sendable, CaseIterable {
    /// Online, against a service that throttles.
    case onlineThrottled = "online_throttling_100_per_hour"
    /// Online, against a service that does not throttle.
    case onlineUnthrottled = "online_no_throttling_10_per_second"
    /// Offline, against a slow hash, on many cores.
    case offlineSlowHash = "offline_slow_hashing_1e4_per_second"
    /// Offline, against a fast hash, on many cores.
    case offlineFastHash = "offline_fast_hashing_1e10_per_second"

    /// How many guesses the attacker tries in a second.
    public var guessesPerSecond: Double {
        switch self {
        case .onlineThrottled: 100.0 / 3600
        case .onlineUnthrottled: 10
        case .offlineSlowHash: 1e4
        case .offlineFastHash: 1e10
        }
    }
}

/// How long an attack takes.
public struct CrackTime: Sendable, Equatable {
    /// The time in seconds.
    public let seconds: Double

    /// Takes a time in seconds.
    public init(seconds: Double) { self.seconds = seconds }

    /// A unit in which a time is told to a person.
    public enum Unit: Sendable, CaseIterable {
        case second, minute, hour, day, month, year

        /// The unit's length: a month has 31 days, a year 12 such months.
        var seconds: Double {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3600
            case .day: 24 * 3600
            case .month: 31 * 24 * 3600
            case .year: 12 * 31 * 24 * 3600
            }
        }
    }

    /// A time rounded as it is told to a person.
    public enum Display: Sendable, Equatable {
        case lessThanASecond
        case about(count: Int, unit: Unit)
        case centuries
    }

    /// The time rounded to a whole number of the largest unit that fits.
    public var display: Display {
        guard seconds >= 1 else { return .lessThanASecond }
        guard seconds < 100 * Unit.year.seconds else { return .centuries }
        let unit = Unit.allCases.last { $0.seconds <= seconds } ?? .second
        // Half goes up, as in ECMA-262 `Math.round`. At most 100, so the conversion cannot trap.
        let count = Int(seconds / unit.seconds + 0.5)
        return .about(count: count, unit: unit)
    }
}
