import Accounts
import Cryptography
import HTTP

/// `/account/address`: asks to move the account to another address.
struct AddressPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        var form = form(member, visit)
        let address = EmailAddress(form.newEmail)
        if address == nil {
            form.problems.append(
                Problem(.newEmail, form.newEmail.isEmpty ? .emailMissing : .emailMalformed))
        } else if address?.text == member.account.email.text {
            form.problems.append(Problem(.newEmail, .emailSame))
        }
        if let tooEarly = try visit.provePassword(of: member, in: &form, for: .address) {
            return tooEarly
        }
        guard form.problems.isEmpty, let address else { return try visit.again(form) }

        let key = visit.world.store.key(.address, of: address)
        if try visit.mayMail(address) {
            try ask(member.account, address, key, visit)
        }
        let flow = FlowCookie(asking: key, at: visit.now).set(in: visit.world)
        return .done(Redirection(to: .addressConfirm, setting: [flow].compactMap(\.self)))
    }

    /// Mails the link, or the truth that the address is taken; the visitor sees no difference (S38).
    private func ask(
        _ account: Account, _ address: EmailAddress, _ key: ConfirmationKey, _ visit: Visit
    ) throws {
        let secrets = MailedSecrets(for: key, in: visit.world)
        let owner = try visit.world.store.account(at: address)
        try visit.world.store.updateConfirmation(key) { confirmation in
            confirmation = Confirmation(
                .address, of: address, at: visit.now, secret: secrets.linkTag,
                code: secrets.codeTag, browser: visit.browser.tag, account: account.id,
                generation: account.generation)
        }
        guard owner == nil || owner?.id == account.id else {
            return try visit.send(
                AddressTakenMail(person: Addressee(email: address.text)), to: address)
        }
        try visit.send(
            AddressConfirmMail(
                person: Addressee(
                    name: account.name.text, email: address.text, language: account.language),
                proof: MailedProof(secrets, at: .addressConfirm, in: visit.world)),
            to: address)
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> AddressForm {
        AddressForm(
            email: member.account.email.text, newEmail: visit.request.form["email"] ?? "")
    }
}

/// `/account/address/confirm`: proves the new address, and moves the account there.
struct AddressConfirmPage: Page {
    func get(_ visit: Visit) throws -> Response {
        if visit.request.query["token"] != nil {
            return try confirm(visit.followed(.address), visit)
        }
        let flow = FlowCookie(visit.request.cookies, for: .address, in: visit.world)
        guard let flow, let secret = flow.secret else { return try sent(visit, nil) }
        return try confirm(visit.opened(MailedToken(flow.key, secret: secret)), visit)
    }

    /// The page with the button; where nobody is signed in, signing in comes first.
    private func confirm(
        _ link: Result<(MailedToken, Confirmation), LinkRefusal>, _ visit: Visit
    ) throws -> Response {
        switch link {
        case .success((let token, let confirmation)) where confirmation.isOwn(of: visit):
            return try visit.page(
                AddressConfirmForm(
                    newEmail: confirmation.address.text, token: token.sealed(in: visit.world)))
        case .success((let token, _)) where visit.member == nil:
            let flow = FlowCookie(following: token, at: visit.now).set(in: visit.world)
            return flow.map { visit.signInFirst.setting(cookie: $0) } ?? visit.signInFirst
        case .success:
            return try visit.deadLink(.wrong, .address)
        case .failure(let dead):
            return try visit.deadLink(dead.refusal, .address)
        }
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let (key, proof) = visit.proof(for: .address) else {
            return .refused(try visit.deadLink(.wrong, .address))
        }
        var before: Account?
        var after: Account?
        let answer: Result<Confirmation, LinkRefusal> =
            try visit.world.store.updateConfirmation(key) { confirmation in
                guard confirmation?.isOwn(of: visit) == true else {
                    return .failure(LinkRefusal(.wrong))
                }
                if let refusal = confirmation?.use(proof, at: visit.now) ?? .none {
                    return .failure(LinkRefusal(refusal))
                }
                guard let proved = confirmation, let id = proved.account else {
                    return .failure(LinkRefusal(.wrong))
                }
                do {
                    let isMoved = try visit.world.store.move(id, to: proved.address) { account in
                        // Whatever changed the password since has taken the request back (A11, A12).
                        guard account.generation == proved.generation, !account.isDisabled else {
                            throw LinkRefusal(.expired)
                        }
                        before = account
                        account.addressMoved()
                        after = account
                    }
                    return isMoved ? .success(proved) : .failure(LinkRefusal(.expired))
                } catch let dead as LinkRefusal {
                    return .failure(dead)
                }
            }
        switch (answer, proof) {
        case (.success(let proved), _):
            guard let before, let after else { return .done(Redirection(to: .signIn)) }
            return try moved(before, after, to: proved.address, visit)
        case (.failure(let dead), .code) where dead.refusal != .used:
            return .refused(try sent(visit, visit.codeProblem(dead.refusal, .addressConfirm)))
        case (.failure(let dead), _):
            return .refused(try visit.deadLink(dead.refusal, .address))
        }
    }

    /// Tells the old address, and lets this browser go on if it was signed in to the account.
    private func moved(
        _ before: Account, _ after: Account, to address: EmailAddress, _ visit: Visit
    ) throws -> Reply {
        visit.log(.ok, .addressConfirm, account: before.id, user: address.text)
        if visit.world.tells(of: .addressChanged) {
            try visit.send(
                AddressChangedMail(
                    notice: visit.changeNotice(of: before, .addressChanged),
                    newEmail: address.masked),
                to: before.email)
        }
        try visit.note(.addressChanged, of: before.id)
        guard let member = visit.member, member.account.id == before.id,
            let session = try visit.begin(visit.renamedSession(of: member), of: after)
        else {
            return .done(Redirection(to: .signIn, "notice=verified", setting: [FlowCookie.removal]))
        }
        return .done(
            Redirection(
                to: .account, "notice=address-changed", setting: [session, FlowCookie.removal]))
    }

    /// The page that says to look for mail, in the browser that asked.
    private func sent(_ visit: Visit, _ problem: CodeProblem?) throws -> Response {
        guard let flow = FlowCookie(visit.request.cookies, for: .address, in: visit.world),
            let confirmation = try visit.world.store.confirmation(flow.key)
        else { return Redirection(to: .address).response }
        return try visit.page(
            AddressSentForm(
                newEmail: confirmation.address.text,
                problems: problem.map { [Problem(.code, $0)] } ?? []),
            problem == nil ? .ok : .unprocessableContent)
    }
}

extension Confirmation {
    /// Whether the visitor is signed in to the account that is to move, or has asked for it here.
    ///
    /// Somebody else may have asked to move another account to the same mailbox, and its owner, who
    /// waits for a message of their own, must not prove the address for that account (A12).
    fileprivate func isOwn(of visit: Visit) -> Bool {
        browser == visit.browser.tag || account == visit.member?.account.id
    }
}
