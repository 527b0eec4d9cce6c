import Accounts
import Cryptography
import HTTP

/// `/account/sign-up`: an address and a password, and a name where the site asks for it.
struct SignUpPage: Page {
    func get(_ visit: Visit) throws -> Response {
        if let address = newcomer(visit) {
            return try visit.page(SingleSignOnForm(email: address.text))
        }
        return try visit.page(form(visit))
    }

    func stale(_ visit: Visit) throws -> Response {
        try visit.page(form(visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        if let address = newcomer(visit) { return try welcome(address, visit) }
        let address = EmailAddress(visit.request.form["email"] ?? "")
        let name =
            visit.world.configuration.asksName
            ? PersonName(visit.request.form["name"] ?? "") : PersonName.none
        let policy = PasswordPolicy(for: address, name: name ?? .none, in: visit.world)
        let verdict = try visit.judge(
            visit.request.form["password"] ?? "", by: policy, in: .signUp)

        if let address, visit.world.configuration.secondFactors.singleSignOn.covers(address) {
            var form = form(visit, address, name, verdict)
            form.problems = [Problem(.email, .singleSignOn)]
            return try visit.again(form)
        }
        guard let address, let name, name != .none || !visit.world.configuration.asksName,
            case .accepted(let password, _) = verdict
        else { return try visit.again(form(visit, address, name, verdict)) }

        // Everything from here on is the same for an address that has an account (A15, A16). The
        // network is asked for before the hash, or one client could take all places for hashes (P23).
        try visit.countMessage()
        let hash = try visit.world.hash(password)
        let key = visit.world.store.key(.signUp, of: address)
        if try visit.mayMailTo(address) {
            try ask(visit, address, name, hash, key)
        }
        visit.log(.ok, .signUp, user: address.text)
        let flow = FlowCookie(asking: key, at: visit.now).set(in: visit.world)
        return .done(Redirection(to: .verify, setting: [flow].compactMap(\.self)))
    }

    /// Whom the web server in front has recognised, and who has no account yet.
    private func newcomer(_ visit: Visit) -> EmailAddress? {
        guard visit.member == nil,
            let address = Visit.remoteIdentity(visit.request, in: visit.world),
            visit.world.configuration.secondFactors.singleSignOn.covers(address)
        else { return nil }
        return address
    }

    /// Makes an account without a password for somebody whose address needs no proof here.
    private func welcome(_ address: EmailAddress, _ visit: Visit) throws -> Reply {
        let account = Account(
            id: .random(visit.world.randomBytes), email: address, name: .none,
            language: visit.language.kept, password: nil, at: visit.now)
        if try visit.world.store.add(account) {
            try visit.note(.verified, of: account.id)
            visit.log(.ok, .signUp, account: account.id, user: address.text)
        }
        return .done(Redirection(to: .account))
    }

    private func ask(
        _ visit: Visit, _ address: EmailAddress, _ name: PersonName, _ hash: PasswordHash,
        _ key: ConfirmationKey
    ) throws {
        let secrets = MailedSecrets(for: key, in: visit.world)
        let owner = try visit.world.store.account(at: address)
        try visit.world.store.updateConfirmation(key) { confirmation in
            confirmation = Confirmation(
                .signUp, of: address, at: visit.now, secret: secrets.linkTag,
                code: secrets.codeTag, browser: visit.browser.tag, account: owner?.id, name: name,
                language: visit.language.kept, password: hash)
        }
        try visit.sendSignUpMail(to: address, name, owner: owner, secrets)
    }

    private func form(
        _ visit: Visit, _ address: EmailAddress?, _ name: PersonName?,
        _ verdict: PasswordPolicy.Verdict
    ) -> SignUpForm {
        var form = form(visit)
        if address == nil {
            form.problems.append(
                Problem(.email, form.email.isEmpty ? .emailMissing : .emailMalformed))
        }
        if visit.world.configuration.asksName, name == nil || name == PersonName.none {
            form.problems.append(Problem(.name, name == nil ? .nameTooLong : .nameMissing))
        }
        switch verdict {
        case .accepted: break
        case .missing: form.problems.append(Problem(.newPassword, .passwordMissing))
        case .tooShort: form.problems.append(Problem(.newPassword, .passwordTooShort))
        case .tooLong: form.problems.append(Problem(.newPassword, .passwordTooLong))
        case .guessable: form.problems.append(Problem(.newPassword, .passwordGuessable))
        case .breached: form.problems.append(Problem(.newPassword, .passwordBreached))
        }
        form.advice = visit.advice(on: verdict)
        return form
    }

    private func form(_ visit: Visit) -> SignUpForm {
        SignUpForm(
            email: visit.request.form["email"] ?? "", personName: visit.request.form["name"] ?? "",
            asksName: visit.world.configuration.asksName, advice: visit.advice)
    }
}

/// `/account/sign-up/resend`: the message once more, with a new link that voids the old one.
struct ResendPage: Page {
    var methods: [Method] { [.post] }

    func get(_ visit: Visit) throws -> Response {
        Redirection(to: .verify).response
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let flow = FlowCookie(visit.request.cookies, for: .signUp, in: visit.world),
            let confirmation = try visit.world.store.confirmation(flow.key),
            isOurs(confirmation, visit)
        else { return .done(Redirection(to: .signUp)) }

        if try visit.mayMail(confirmation.address) {
            try renew(flow.key, visit)
        }
        return .done(Redirection(to: .verify))
    }

    private func renew(_ key: ConfirmationKey, _ visit: Visit) throws {
        let secrets = MailedSecrets(for: key, in: visit.world)
        let renewed = try visit.world.store.updateConfirmation(key) { found -> Confirmation? in
            // It may have been used since, and must not come to life again.
            guard let open = found, isOurs(open, visit) else { return nil }
            found = open.renewed(secret: secrets.linkTag, code: secrets.codeTag, at: visit.now)
            return found
        }
        guard let renewed else { return }
        try visit.sendSignUpMail(
            to: renewed.address, renewed.name,
            owner: try visit.world.store.account(at: renewed.address), secrets)
    }

    /// Whether it waits still, and this browser asked for it.
    private func isOurs(_ confirmation: Confirmation, _ visit: Visit) -> Bool {
        confirmation.state == .open && confirmation.browser == visit.browser.tag
    }
}

extension Visit {
    /// Mails the link to the owner of a new address, and the truth to the owner of an old one.
    fileprivate func sendSignUpMail(
        to address: EmailAddress, _ name: PersonName, owner: Account?, _ secrets: MailedSecrets
    ) throws {
        let site = world.configuration.siteURL
        if let owner {
            try send(
                AlreadyRegisteredMail(
                    person: Addressee(owner),
                    signIn: site.url(Route.signIn.path), reset: site.url(Route.reset.path)),
                to: owner.email)
        } else {
            try send(
                VerifyMail(
                    person: Addressee(name: name.text, email: address.text),
                    proof: MailedProof(secrets, at: .verify, in: world)),
                to: address)
        }
    }
}
