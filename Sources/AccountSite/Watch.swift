package import Accounts

/// Looking after accounts when nobody visits.
package enum Watch {
    /// Looks whether somebody who gave the right password has gone away before the second factor.
    ///
    /// Only attempts from unknown devices count, each once (S65).
    ///
    /// - Parameters:
    ///   - accounts: The accounts that are to be looked after by now, and when each was due.
    ///   - world: The site.
    /// - Throws: `StoreError`.
    package static func lookAfter(
        _ accounts: [(account: AccountID, due: Timestamp)], in world: World
    ) throws {
        for (id, due) in accounts {
            guard let account = try world.store.account(id) else { continue }
            for attempt in account.attempts
            where !attempt.isKnownDevice && attempt.startedAt + SignInAttempt.patience == due {
                try world.note(.secondFactorAbandoned, of: id, by: attempt.visitor)
            }
        }
    }
}
