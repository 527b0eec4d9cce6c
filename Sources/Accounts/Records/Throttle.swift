/// How often something failed of late, and until when it must wait.
package struct Throttle: Sendable, Equatable {
    package var failures: Int
    package var lastFailure: Timestamp

    package static let open = Throttle(failures: 0, lastFailure: Timestamp(seconds: 0))

    package init(failures: Int, lastFailure: Timestamp) {
        self.failures = failures
        self.lastFailure = lastFailure
    }

    /// How many failures are let pass, and how the wait grows after them.
    package struct Limit: Sendable, Equatable {
        /// Failures without a wait.
        package let free: Int
        /// The wait after the first failure beyond those, in seconds; it doubles with each.
        package let firstWait: Int64
        /// The longest wait, in seconds.
        package let longestWait: Int64
        /// After how many quiet seconds all failures are forgotten.
        package let memory: Int64

        package init(free: Int, firstWait: Int64, longestWait: Int64, memory: Int64) {
            self.free = free
            self.firstWait = firstWait
            self.longestWait = longestWait
            self.memory = memory
        }
    }

    /// When the next attempt is heard.
    package func opensAt(under limit: Limit) -> Timestamp {
        guard failures > limit.free else { return lastFailure }
        let doublings = failures - limit.free - 1
        let wait =
            doublings < 30
            ? min(limit.firstWait << doublings, limit.longestWait) : limit.longestWait
        return lastFailure + wait
    }

    /// The throttle after one more failure.
    package func failing(at now: Timestamp, under limit: Limit) -> Self {
        Self(
            failures: min(remembered(at: now, under: limit).failures + 1, 1_000_000),
            lastFailure: now)
    }

    /// The throttle with a failure taken back that turned out to be none.
    package func forgiving() -> Self {
        Self(failures: max(0, failures - 1), lastFailure: lastFailure)
    }

    /// The throttle as it stands, or an open one when the last failure is long enough ago.
    package func remembered(at now: Timestamp, under limit: Limit) -> Self {
        now - lastFailure < limit.memory ? self : .open
    }
}
