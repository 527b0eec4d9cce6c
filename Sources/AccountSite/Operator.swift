package import Accounts

/// What the operator does to an account that its owner is told of.
package enum Operator {
    /// Who an event or a notice says it was.
    static let visitor = Visitor(network: "-", browser: "the operator")

    /// Removes every second factor of an account, and ends its sessions.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - reason: Why, for the log.
    ///   - world: The site.
    /// - Throws: `StoreError`.
    package static func removeFactors(
        of id: AccountID, because reason: String, in world: World
    ) throws {
        let before = try world.store.update(id) { account in
            let before = account
            account.factors.removeAll()
            account.endSessions()
            return before
        }
        guard let before else { return }
        world.log(LogEntry(.factorsRemoved(account: id, reason: reason), at: world.now()))
        try world.note(.appRemoved, of: id, by: visitor)
        let notice = try world.changeNotice(of: before, .appRemoved, by: visitor)
        try world.send(SecurityMail(notice: notice, what: .appRemoved), to: before.email)
    }
}
