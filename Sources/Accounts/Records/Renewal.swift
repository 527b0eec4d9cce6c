/// That the owner of an account has to choose a new password before anything else, and why.
package struct Renewal: Sendable, Equatable {
    /// Why.
    package enum Reason: String, Sendable, CaseIterable {
        /// Somebody who knew the password guessed at the second factor.
        case secondFactorGuessed = "second-factor-guessed"
        /// The owner said that a change was not theirs.
        case notMe = "not-me"
    }

    package let reason: Reason
    package let since: Timestamp

    package init(reason: Reason, since: Timestamp) {
        self.reason = reason
        self.since = since
    }

    var text: String { "\(reason.rawValue) \(since.text)" }

    init?(text: Substring) {
        guard
            let fields = text.fields(2), let reason = Reason(rawValue: String(fields[0])),
            let since = Timestamp(text: fields[1])
        else { return nil }
        self.init(reason: reason, since: since)
    }
}
