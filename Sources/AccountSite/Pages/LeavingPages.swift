import Accounts
import Cryptography
import HTTP

/// `/account/close`: deletes the account and everything that belongs to it.
struct ClosePage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(form(member))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        guard !member.isSignedOnElsewhere else { return .done(try close(member, visit)) }
        var form = form(member)
        if let tooEarly = try visit.provePassword(of: member, in: &form, for: .close) {
            return tooEarly
        }
        guard form.problems.isEmpty else { return try visit.again(form) }
        return .done(try close(member, visit))
    }

    private func close(_ member: Visit.Member, _ visit: Visit) throws -> Redirection {
        try visit.world.store.remove(member.account.id)
        visit.log(.ok, .close, account: member.account.id, user: member.account.email.text)
        try visit.send(
            ClosedMail(person: Addressee(member.account), when: MomentPhrase(visit.now)),
            to: member.account.email)
        return Redirection(to: .closed, setting: [.removing(SessionCookie.name)])
    }

    private func form(_ member: Visit.Member) -> CloseForm {
        CloseForm(
            email: member.account.email.text, isSignedOnElsewhere: member.isSignedOnElsewhere)
    }
}

/// `/account/closed`: says that the account is gone.
struct ClosedPage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        try visit.page(ClosedForm())
    }
}

/// `/account/not-me`: takes back a change of which a notice told (A40).
struct NotMePage: Page {
    func get(_ visit: Visit) throws -> Response {
        switch try visit.followed(.notMe) {
        case .success((_, let confirmation)):
            return try visit.page(
                NotMeForm(
                    what: confirmation.change ?? .passwordChanged,
                    token: visit.request.query["token"] ?? ""))
        case .failure(let dead):
            return try visit.deadLink(dead.refusal, .notMe)
        }
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let (key, proof) = visit.proof(for: .notMe) else {
            return .refused(try visit.deadLink(.wrong, .notMe))
        }
        let answer: Result<Confirmation, LinkRefusal> =
            try visit.world.store.updateConfirmation(key) { confirmation in
                if let refusal = confirmation?.use(proof, at: visit.now) ?? .none {
                    return .failure(LinkRefusal(refusal))
                }
                guard let proved = confirmation, try takeBack(proved, visit) else {
                    return .failure(LinkRefusal(.expired))
                }
                return .success(proved)
            }
        switch answer {
        case .success(let proved):
            return try finish(proved, visit)
        case .failure(let dead):
            return .refused(try visit.deadLink(dead.refusal, .notMe))
        }
    }

    /// Ends every session, takes the password away, and gives the account back to the mailbox that
    /// was told of the change.
    private func takeBack(_ notice: Confirmation, _ visit: Visit) throws -> Bool {
        guard let id = notice.account else { return false }
        do {
            return try visit.world.store.move(id, to: notice.address) { account in
                guard account.disavow(since: notice.generation, at: visit.now) else {
                    throw LinkRefusal(.expired)
                }
                account.removeFactorsAdded(since: notice, at: visit.now)
            }
        } catch is LinkRefusal {
            return false
        }
    }

    private func finish(_ proved: Confirmation, _ visit: Visit) throws -> Reply {
        guard let account = try visit.world.store.account(at: proved.address) else {
            return .refused(try visit.deadLink(.expired, .notMe))
        }
        try visit.note(.notMe, of: account.id)
        visit.log(.ok, .notMe, account: account.id, user: account.email.text)
        let link = try visit.world.askForReset(of: account, at: account.email)
        try visit.send(
            NotMeMail(
                person: Addressee(account),
                reset: visit.world.configuration.siteURL.url(
                    Route.resetNew.path,
                    query: [(name: "token", value: link.sealed(in: visit.world))])),
            to: account.email)
        let flow = FlowCookie(asking: link.key, at: visit.now).set(in: visit.world)
        return .done(
            Redirection(
                to: .notMeDone,
                setting: [flow, SetCookie.removing(SessionCookie.name)].compactMap(\.self)))
    }
}

/// `/account/not-me/done`: says that everything is locked, and where the new link went.
struct NotMeDonePage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        guard let flow = FlowCookie(visit.request.cookies, for: .reset, in: visit.world),
            let confirmation = try visit.world.store.confirmation(flow.key)
        else { return Redirection(to: .reset).response }
        return try visit.page(NotMeDoneForm(email: confirmation.address.text))
    }
}
