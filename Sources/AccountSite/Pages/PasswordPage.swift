import Accounts
import Cryptography
import HTTP

/// `/account/password`: changes the password of whoever is signed in (S7).
struct PasswordPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        var form = form(member, visit)
        let typed = visit.request.form["new-password"] ?? ""
        let policy = PasswordPolicy(
            for: member.account.email, name: member.account.name, in: visit.world)

        // A wrong current password and a weak new one are reported together. Only its owner has a
        // password looked up.
        let verdict: PasswordPolicy.Verdict
        switch try visit.provePassword("current-password", of: member, for: .password) {
        case .throttled(let until):
            return try visit.throttled(form, until: until)
        case .missing:
            form.problems.append(Problem(.currentPassword, .currentMissing))
            verdict = policy.judge(typed)
        case .wrong:
            form.problems.append(Problem(.currentPassword, .currentWrong))
            verdict = policy.judge(typed)
        case .right where typed == visit.request.form["current-password"]:
            form.problems.append(Problem(.newPassword, .passwordSame))
            return try visit.again(form)
        case .right:
            verdict = try visit.judge(typed, by: policy, in: .password)
        }
        form.problems += problems(verdict)
        form.advice = visit.advice(on: verdict)
        guard form.problems.isEmpty, case .accepted(let password, _) = verdict else {
            return try visit.again(form)
        }
        return try change(member, to: password, visit)
    }

    private func change(
        _ member: Visit.Member, to password: Password, _ visit: Visit
    ) throws -> Reply {
        let hash = try visit.world.hash(password)
        let session = try visit.begin(
            visit.renamedSession(of: member), of: member.account, inPlaceOf: member.session.id
        ) { account in
            account.changePassword(
                to: hash, at: visit.now, isLookedUp: visit.looksUpPasswords(in: .password))
        }
        guard let session else { return .refused(visit.signInFirst) }
        visit.log(.ok, .password, account: member.account.id)
        try visit.tell(of: .passwordChanged, member.account)
        try visit.note(.passwordChanged, of: member.account.id)
        return .done(
            Redirection(
                to: .account, "notice=password-changed&ended=\(member.account.sessions.count - 1)",
                setting: [session]))
    }

    private func problems(
        _ verdict: PasswordPolicy.Verdict
    ) -> [Problem<PasswordForm.Field, PasswordForm.Kind>] {
        switch verdict {
        case .accepted: []
        case .missing: [Problem(.newPassword, .passwordMissing)]
        case .tooShort: [Problem(.newPassword, .passwordTooShort)]
        case .tooLong: [Problem(.newPassword, .passwordTooLong)]
        case .guessable: [Problem(.newPassword, .passwordGuessable)]
        case .breached: [Problem(.newPassword, .passwordBreached)]
        }
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> PasswordForm {
        PasswordForm(email: member.account.email.text, advice: visit.advice)
    }
}
