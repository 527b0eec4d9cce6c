import Accounts
import Cryptography
import HTTP

/// `/account/reset`: asks for a link to a new password; the same answer for any address (S28).
struct ResetPage: Page {
    func get(_ visit: Visit) throws -> Response {
        try visit.page(ResetForm())
    }

    func stale(_ visit: Visit) throws -> Response {
        try visit.page(ResetForm(email: visit.request.form["email"] ?? ""))
    }

    func post(_ visit: Visit) throws -> Reply {
        let typed = visit.request.form["email"] ?? ""
        guard let address = EmailAddress(typed) else {
            return try visit.again(
                ResetForm(
                    email: typed,
                    problems: [Problem(.email, typed.isEmpty ? .emailMissing : .emailMalformed)]))
        }
        guard !visit.world.configuration.secondFactors.singleSignOn.covers(address) else {
            return try visit.again(
                ResetForm(email: typed, problems: [Problem(.email, .singleSignOn)]))
        }
        let key = visit.world.store.key(.reset, of: address)
        if try visit.mayMail(address) {
            try ask(address, visit)
        }
        visit.log(.ok, .reset, user: address.text)
        let flow = FlowCookie(asking: key, at: visit.now).set(in: visit.world)
        return .done(Redirection(to: .resetSent, setting: [flow].compactMap(\.self)))
    }

    /// Mails the link, or the truth that there is no account; both take as long (A16).
    private func ask(_ address: EmailAddress, _ visit: Visit) throws {
        let account = try visit.world.store.account(at: address)
        guard let account, !account.isDisabled else {
            _ = try visit.world.askForReset(of: nil, at: address)
            return try visit.send(
                NoAccountMail(
                    person: Addressee(email: address.text),
                    signUp: visit.world.configuration.siteURL.url(Route.signUp.path)),
                to: address)
        }
        try visit.world.mailReset(
            to: account, at: address, otherwise: visit.language.tag)
        try visit.note(.resetAsked, of: account.id)
    }
}

extension World {
    /// Mails a link to a new password to the owner of an account.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - address: Its address as it was asked for.
    ///   - language: The language for an owner whose own is not known; without one, the site's.
    /// - Throws: `StoreError`, or `TemplateError`.
    func mailReset(
        to account: Account, at address: EmailAddress, otherwise language: String = ""
    ) throws {
        let link = try askForReset(of: account, at: address)
        try send(
            ResetMail(
                person: Addressee(account),
                link: configuration.siteURL.url(
                    Route.resetNew.path, query: [(name: "token", value: link.sealed(in: self))]),
                minutes: Int(Confirmation.Purpose.reset.lifetime / Duration.minute)),
            to: account.email, otherwise: language)
    }

    /// Keeps a new right to choose a password for an account, which voids an older one.
    ///
    /// - Parameters:
    ///   - account: The account, or nil where there is none and the right is to nothing.
    ///   - address: Its address as it was asked for. The next page shows it, and would tell by
    ///     another spelling that there is an account (A15).
    /// - Returns: What the link carries.
    /// - Throws: `StoreError`.
    func askForReset(of account: Account?, at address: EmailAddress) throws -> MailedToken {
        let secrets = MailedSecrets(for: store.key(.reset, of: address), in: self)
        let now = now()
        try store.updateConfirmation(secrets.link.key) { confirmation in
            confirmation = Confirmation(
                .reset, of: address, at: now, secret: secrets.linkTag, account: account?.id,
                generation: account?.generation ?? 0)
        }
        return secrets.link
    }
}

/// `/account/reset/sent`: look for our message.
struct ResetSentPage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        guard let flow = FlowCookie(visit.request.cookies, for: .reset, in: visit.world),
            let confirmation = try visit.world.store.confirmation(flow.key)
        else { return Redirection(to: .reset).response }
        return try visit.page(ResetSentForm(email: confirmation.address.text))
    }
}
