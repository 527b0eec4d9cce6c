import Accounts
import Cryptography
import HTTP

/// `/account/reset/new`: a new password, behind the mailed link.
struct ResetNewPage: Page {
    /// Takes the link's text out of the address bar, and shows the form.
    func get(_ visit: Visit) throws -> Response {
        if visit.request.query["token"] != nil {
            switch try visit.followed(.reset) {
            case .success((let token, _)):
                let flow = FlowCookie(following: token, at: visit.now).set(in: visit.world)
                return Redirection(to: .resetNew, setting: [flow].compactMap(\.self)).response
            case .failure(let dead):
                return try visit.deadLink(dead.refusal, .reset)
            }
        }
        switch try right(visit) {
        case .success(let right): return try visit.page(form(right.account, visit))
        case .failure(let dead): return try visit.deadLink(dead.refusal, .reset)
        case nil: return Redirection(to: .reset).response
        }
    }

    func post(_ visit: Visit) throws -> Reply {
        let found = try right(visit)
        guard case .success(let right) = found else {
            guard case .failure(let dead) = found else { return .done(Redirection(to: .reset)) }
            return .refused(try visit.deadLink(dead.refusal, .reset))
        }
        let typed = visit.request.form["new-password"] ?? ""
        let policy = PasswordPolicy(
            for: right.account.email, name: right.account.name, in: visit.world)
        let verdict = try visit.judge(typed, by: policy, in: right.account.resetFlow)
        guard case .accepted(let password, _) = verdict else {
            return try again(right.account, verdict.problem, verdict, visit)
        }
        if let old = right.account.password, try visit.world.verifies(password, old) {
            return try again(right.account, .passwordSame, verdict, visit)
        }
        return try complete(right, password, visit)
    }

    /// The right to choose a password, which a followed link gave to this browser.
    private struct Right {
        let key: ConfirmationKey
        let proof: ConfirmationProof
        let account: Account
    }

    /// Finds the right and checks it: the account must still be what it was when the link was mailed.
    private func right(_ visit: Visit) throws -> Result<Right, LinkRefusal>? {
        guard let flow = FlowCookie(visit.request.cookies, for: .reset, in: visit.world),
            let secret = flow.secret
        else { return nil }
        guard let confirmation = try visit.world.store.confirmation(flow.key) else {
            return .failure(LinkRefusal(.expired))
        }
        let proof = ConfirmationProof.link(MailedToken.tag(of: secret))
        if let refusal = confirmation.refusal(of: proof, at: visit.now) {
            return .failure(LinkRefusal(refusal))
        }
        guard let id = confirmation.account, let account = try visit.world.store.account(id),
            confirmation.isAbout(account)
        else { return .failure(LinkRefusal(.expired)) }
        return .success(Right(key: flow.key, proof: proof, account: account))
    }

    private func complete(_ right: Right, _ password: Password, _ visit: Visit) throws -> Reply {
        let hash = try visit.world.hash(password)
        let refusal = try visit.world.store.updateConfirmation(right.key) {
            confirmation -> Confirmation.Refusal? in
            guard var open = confirmation else { return .expired }
            if let refusal = open.use(right.proof, at: visit.now) { return refusal }
            let isDone = try visit.world.store.update(right.account.id) { account in
                guard open.isAbout(account) else { return false }
                account.changePassword(
                    to: hash, at: visit.now,
                    isLookedUp: visit.looksUpPasswords(in: right.account.resetFlow))
                return true
            }
            guard isDone == true else { return .expired }
            confirmation = open
            return nil
        }
        if let refusal {
            return .refused(try visit.deadLink(refusal, .reset))
        }
        try visit.note(.passwordReset, of: right.account.id)
        visit.log(.ok, .resetNew, account: right.account.id)
        let isFirst = right.account.hasNoPasswordYet
        if !isFirst {
            try visit.tell(of: .passwordReset, right.account)
        }
        // No session: who can read the mailbox must know the password, too (S31). But the browser is
        // known from now on, so that nobody can lock the person out of signing in (A21).
        let device = DeviceCookie(
            addressTag: right.key.addressTag, earlier: nil, in: visit.world)
        return .done(
            Redirection(
                to: .signIn, isFirst ? "notice=verified" : "notice=reset",
                setting: [
                    device.set(in: visit.world), FlowCookie.removal,
                    SetCookie.removing(SessionCookie.name),
                ].compactMap(\.self)))
    }

    private func again(
        _ account: Account, _ kind: ResetNewForm.Kind, _ verdict: PasswordPolicy.Verdict,
        _ visit: Visit
    ) throws -> Reply {
        var form = form(account, visit)
        form.problems = [Problem(.newPassword, kind)]
        form.advice = visit.advice(on: verdict)
        return try visit.again(form)
    }

    private func form(_ account: Account, _ visit: Visit) -> ResetNewForm {
        ResetNewForm(
            email: account.email.text, isFirst: account.hasNoPasswordYet, advice: visit.advice)
    }
}

extension Confirmation {
    /// Whether the account is still as it was when the link was mailed: same password, same address,
    /// not disabled (A4).
    fileprivate func isAbout(_ account: Account) -> Bool {
        account.generation == generation && account.email == address && !account.isDisabled
    }
}

extension PasswordPolicy.Verdict {
    fileprivate var problem: ResetNewForm.Kind {
        switch self {
        case .accepted: .passwordSame
        case .missing: .passwordMissing
        case .tooShort: .passwordTooShort
        case .tooLong: .passwordTooLong
        case .guessable: .passwordGuessable
        case .breached: .passwordBreached
        }
    }
}

extension Account {
    /// Whether no password was ever chosen; one that was taken away was.
    fileprivate var hasNoPasswordYet: Bool { password == nil && renewal == nil }

    /// What the choice of a password behind a mailed link is to the site's statistics and rules.
    fileprivate var resetFlow: PasswordStatistic.Flow {
        guard password == nil else { return .reset }
        return hasNoPasswordYet ? .signUp : .renew
    }
}
