package import Accounts
import Cryptography

/// What the operator does to an account that its owner is told of.
package enum Operator {
    /// Invites somebody to have an account, by a mailed link that works for some days (S11).
    ///
    /// A newer invitation to an address takes the place of an older one.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - name: What the person is called, if that is known.
    ///   - language: The language of the mail; without one, the site's.
    ///   - groups: What the account is to belong to.
    ///   - world: The site.
    /// - Returns: False if the address has an account; nothing is sent then.
    /// - Throws: `StoreError`.
    package static func invite(
        _ address: EmailAddress, _ name: PersonName, _ language: LanguageTag?,
        groups: Set<GroupName>, in world: World
    ) throws -> Bool {
        guard try world.store.account(at: address) == nil else { return false }
        let secrets = MailedSecrets(for: world.store.key(.invitation, of: address), in: world)
        let now = world.now()
        try world.store.updateConfirmation(secrets.link.key) { confirmation in
            confirmation = Confirmation(
                .invitation, of: address, at: now, secret: secrets.linkTag, name: name,
                groups: groups)
        }
        try world.send(
            InvitationMail(
                person: Addressee(name: name.text, email: address.text, language: language),
                link: secrets.url(.verify, in: world),
                days: Int(Confirmation.Purpose.invitation.lifetime / Duration.day)),
            to: address)
        world.log(LogEntry(.operated(.invited, account: nil, user: address), at: now))
        return true
    }

    /// Mails somebody a link to a new password, as if they had asked for it (S37).
    ///
    /// - Parameters:
    ///   - account: The account, which is not disabled.
    ///   - world: The site.
    /// - Throws: `StoreError`.
    package static func mailReset(to account: Account, in world: World) throws {
        try world.mailReset(to: account, at: account.email)
        try world.note(.resetAsked, of: account.id, by: visitor)
        world.log(
            LogEntry(
                .operated(.resetMailed, account: account.id, user: account.email), at: world.now()))
    }

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
