package import BreachedPasswords
package import Zxcvbn

/// A password that was judged, as the site's statistics remember it: about nobody.
///
///     2026-11-21 sign-up score=3 breached=no outcome=accepted variant=-
///
/// There is the day and not the time, which stands in the log beside the address of whoever sent the
/// password. `variant` is for experiments; without one it is `-`.
package struct PasswordStatistic: Sendable, Equatable {
    package let day: Timestamp
    package let flow: Flow
    package let score: Score
    package let exposure: Exposure
    package let outcome: Outcome

    /// The form in which the password was sent.
    package enum Flow: String, Sendable, CaseIterable {
        case signUp = "sign-up"
        case signIn = "sign-in"
        case password
        case reset
        /// A reset that the person has to make.
        case renew
    }

    /// What became of the password.
    package enum Outcome: String, Sendable, CaseIterable {
        case accepted
        /// The person was told that it was seen in breaches, and may take it all the same.
        case warned
        case refused
    }

    package init(
        _ flow: Flow, score: Score, exposure: Exposure, outcome: Outcome, at now: Timestamp
    ) {
        day = now
        self.flow = flow
        self.score = score
        self.exposure = exposure
        self.outcome = outcome
    }

    /// The line, without its end.
    package var line: String {
        let breached =
            switch exposure {
            case .unknown: "unknown"
            case .unseen: "no"
            case .seen: "yes"
            }
        return "\(day.text.prefix(10)) \(flow.rawValue) score=\(score.rawValue) "
            + "breached=\(breached) outcome=\(outcome.rawValue) variant=-"
    }
}
