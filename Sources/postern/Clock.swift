import Accounts
import Glibc
import SiteBuilder

extension Timestamp {
    /// The moment in which this is asked.
    static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}

extension Day {
    /// The day on which this is asked.
    static var today: Day { Day(number: Int(Timestamp.now.seconds / 86_400)) }
}
