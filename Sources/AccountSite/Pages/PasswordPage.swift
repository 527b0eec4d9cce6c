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
        let verdict = PasswordPolicy(
            for: member.account.email, name: member.account.name, in: visit.world
        ).judge(visit.request.form["new-password"] ?? "")

        // A wrong current password and a weak new one are reported together.
        let isCurrent: Bool
        switch try visit.provePassword("current-password", of: member, for: .password) {
        case .throttled(let until):
            form.wait = DateText.wait(until - visit.now)
            form.problems = [Problem(.form, .throttled)]
            return try visit.throttled(form, until: until)
        case .missing:
            form.problems.append(Problem(.currentPassword, .currentMissing))
            isCurrent = false
        case .wrong:
            form.problems.append(Problem(.currentPassword, .currentWrong))
            isCurrent = false
        case .right:
            isCurrent = true
        }
        form.problems += problems(verdict, isCurrent, visit)
        form.advice.estimate = verdict.refusedEstimate
        guard form.problems.isEmpty, case .accepted(let password, _) = verdict else {
            return try visit.again(form)
        }
        return try change(member, to: password, visit)
    }

    private func change(
        _ member: Visit.Member, to password: Password, _ visit: Visit
    ) throws -> Reply {
        let hash = try visit.world.hash(password)
        let session = try visit.beginSession(
            of: member.account, inPlaceOf: member.session.id
        ) { account in
            account.changePassword(to: hash, at: visit.now)
        }
        guard let session else { return .refused(visit.signInFirst) }
        visit.log(.ok, .password, account: member.account.id)
        try visit.send(
            PasswordChangedMail(notice: visit.changeNotice(of: member.account, .passwordChanged)),
            to: member.account.email)
        try visit.note(.passwordChanged, of: member.account.id)
        return .done(
            Redirection(
                to: .account, "notice=password-changed&ended=\(member.account.sessions.count - 1)",
                setting: [session]))
    }

    private func problems(
        _ verdict: PasswordPolicy.Verdict, _ isCurrent: Bool, _ visit: Visit
    ) -> [Problem<PasswordForm.Field, PasswordForm.Kind>] {
        switch verdict {
        case .accepted:
            let isSame =
                isCurrent
                && visit.request.form["new-password"] == visit.request.form["current-password"]
            return isSame ? [Problem(.newPassword, .passwordSame)] : []
        case .missing: return [Problem(.newPassword, .passwordMissing)]
        case .tooShort: return [Problem(.newPassword, .passwordTooShort)]
        case .tooLong: return [Problem(.newPassword, .passwordTooLong)]
        case .guessable: return [Problem(.newPassword, .passwordGuessable)]
        }
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> PasswordForm {
        PasswordForm(email: member.account.email.text, advice: visit.advice)
    }
}
