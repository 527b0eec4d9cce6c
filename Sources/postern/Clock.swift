import Accounts
import Glibc

extension Timestamp {
    /// The moment in which this is asked.
    static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
