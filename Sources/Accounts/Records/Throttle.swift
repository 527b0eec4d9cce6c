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

// MARK: - What is counted

/// Names a throttle: what is counted, and for whom.
package enum ThrottleKey: Sendable, Hashable {
    /// Failed sign-ins from a network.
    case network(String)
    /// Failed sign-ins to an address, by browsers that are not known to it.
    case address(String)
    /// Failed sign-ins to an address from a network.
    case pair(address: String, network: String)
    /// Failed sign-ins by a browser that is known to the account, named by its nonce.
    case device([UInt8])
    /// Messages to an address.
    case mail(String)
    /// Messages that a network caused.
    case mailNetwork(String)
    /// Passwords that a network had looked up among the breached ones.
    case lookUps(String)
    /// Text messages to an account.
    case textAccount(AccountID)
    /// Text messages to a number.
    case textNumber(PhoneNumber)
    /// Text messages that a network caused.
    case textNetwork(String)
    /// Text messages of the whole site on one day, of which it lets so many go.
    case textDay(Int64, most: Int)
    /// Wrong codes at the enrolment of a number.
    case phoneProof(AccountID)
    /// Failed proofs of the password inside a session.
    case session(AccountID)

    /// How much is let pass.
    ///
    /// An account's own limit reaches a wait of an hour long before the hundredth failure, as
    /// NIST SP 800-63B-4 §3.2.2 wants it (S12).
    package var limit: Throttle.Limit {
        switch self {
        case .network:
            Throttle.Limit(free: 50, firstWait: 1, longestWait: Duration.hour, memory: Duration.day)
        case .address:
            Throttle.Limit(free: 10, firstWait: 1, longestWait: Duration.hour, memory: Duration.day)
        case .pair, .device, .session, .phoneProof:
            Throttle.Limit(
                free: 5, firstWait: 1, longestWait: 15 * Duration.minute, memory: Duration.day)
        case .mail:
            Throttle.Limit(
                free: 5, firstWait: 15 * Duration.minute, longestWait: Duration.day,
                memory: Duration.hour)
        case .textAccount, .textNumber:
            Throttle.Limit(
                free: 3, firstWait: Duration.minute, longestWait: Duration.day,
                memory: Duration.day)
        case .textNetwork:
            Throttle.Limit(
                free: 10, firstWait: Duration.minute, longestWait: Duration.day,
                memory: Duration.day)
        case .textDay(_, let most):
            // None goes after the last, until another day has another count.
            Throttle.Limit(
                free: most - 1, firstWait: Duration.day, longestWait: Duration.day,
                memory: 2 * Duration.day)
        case .mailNetwork, .lookUps:
            Throttle.Limit(
                free: 1000, firstWait: Duration.minute, longestWait: Duration.hour,
                memory: Duration.hour)
        }
    }

    /// Whether a success wipes out what was counted.
    ///
    /// It does for the account itself; a network keeps its count, or whoever has one account could
    /// try others for ever (A19).
    var isClearedBySuccess: Bool {
        switch self {
        case .address, .pair, .device, .session, .phoneProof: true
        case .network, .mail, .mailNetwork, .lookUps, .textAccount, .textNumber, .textNetwork,
            .textDay:
            false
        }
    }
}

/// Something that is counted before it is done, so that many at once cannot outrun the count.
package enum Attempt {
    /// Counts an attempt, as failed until it has succeeded.
    ///
    /// - Returns: nil if it may go on; otherwise when the next one may, and nothing was counted.
    package static func begin(
        _ keys: [ThrottleKey], _ throttles: inout [Throttle], at now: Timestamp
    ) -> Timestamp? {
        let standing = zip(keys, throttles).map { key, throttle in
            throttle.remembered(at: now, under: key.limit)
        }
        let opensAt = zip(keys, standing).map { key, throttle in
            throttle.opensAt(under: key.limit)
        }.max()
        if let opensAt, opensAt > now { return opensAt }
        throttles = zip(keys, standing).map { key, throttle in
            throttle.failing(at: now, under: key.limit)
        }
        return nil
    }

    /// Takes the attempt back that `begin` counted, because it succeeded.
    package static func succeed(_ keys: [ThrottleKey], _ throttles: inout [Throttle]) {
        throttles = zip(keys, throttles).map { key, throttle in
            key.isClearedBySuccess ? .open : throttle.forgiving()
        }
    }

    /// Takes the attempt back that `begin` counted, because nobody could look at it.
    package static func abandon(_ throttles: inout [Throttle]) {
        throttles = throttles.map { $0.forgiving() }
    }
}
