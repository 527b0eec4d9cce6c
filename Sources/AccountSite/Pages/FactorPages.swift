import Accounts
import Cryptography
import HTTP
import Hypertext

/// `/account/second-factor/recovery-codes`: shows new codes once, and makes new ones (A32).
struct RecoveryCodesPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        let new = NewRecoveryCodes(visit.request.cookies, of: member.account.id, in: visit.world)
        let codes = new.flatMap { $0.isShown ? nil : $0 }
        let response = try visit.page(
            RecoveryCodesForm(
                email: member.account.email.text, date: DayPhrase(visit.now),
                codes: codes?.codes.map(RecoveryCodeRow.init) ?? [],
                left: member.account.factors.recoveryCodes.count,
                hasFactors: !member.account.factors.isEmpty))
        guard let codes,
            let shown = codes.set(isShown: true, of: member.account.id, in: visit.world)
        else { return response }
        return response.setting(cookie: shown)
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        guard !member.account.factors.isEmpty else {
            return .done(Redirection(to: .factorStart))
        }
        guard visit.isFresh(member) else { return .refused(visit.confirmFirst) }
        let codes = NewRecoveryCodes(at: visit.now, randomBytes: visit.world.randomBytes)
        let tags = codes.tags(of: member.account.id, in: visit.world)
        let changed = try visit.changeFactors(of: member, .recoveryCodesMade) { factors in
            factors.setRecoveryCodes(tags)
            return true
        }
        guard case .done(let redirection) = changed else { return .refused(visit.signInFirst) }
        let cookie = codes.set(isShown: false, of: member.account.id, in: visit.world)
        return .done(
            Redirection(
                to: .recoveryCodes, setting: redirection.cookies + [cookie].compactMap(\.self)))
    }
}

/// `/account/second-factor/recovery-codes.txt`: the codes that were just shown, as a file.
struct RecoveryCodesFilePage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        guard
            let new = NewRecoveryCodes(
                visit.request.cookies, of: member.account.id, in: visit.world)
        else { return Redirection(to: .recoveryCodes).response }
        let text = try visit.world.templates.message(
            RecoveryCodesFile(
                email: member.account.email.text, date: DayPhrase(visit.now),
                codes: new.codes.map(RecoveryCodeRow.init)),
            language: visit.language.tag)
        return Response.text(text)
            .setting(
                "Content-Disposition", to: "attachment; filename=\"recovery-codes.txt\""
            ).setting(cookie: NewRecoveryCodes.removal)
    }
}

/// `/account/second-factor/remove`: removes a factor, with the password and a code (S25, A35).
struct RemoveFactorPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        guard !member.account.factors.isEmpty else { return Redirection(to: .account).response }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        let factors = member.account.factors
        guard !factors.isEmpty else { return .done(Redirection(to: .account)) }
        var form = form(member, visit)
        let id = chosen(member, visit)
        if id == nil {
            form.problems.append(Problem(.factor, .factorMissing))
        }
        var rest = factors
        if let id, rest.remove(id) != nil, rest.isEmpty,
            visit.world.configuration.secondFactors.requirement.isInForce(
                for: member.account, at: visit.now)
        {
            form.problems = [Problem(.form, .required)]
            return try visit.again(form)
        }
        if let tooEarly = try visit.provePassword(of: member, in: &form, for: .factors) {
            return tooEarly
        }
        // A code is used up by being right, so it is looked at only when all else is.
        guard form.problems.isEmpty, let id else {
            if visit.hasNoCode {
                form.problems.append(Problem(.code, .missing))
            }
            return try visit.again(form)
        }
        switch try visit.proveFactor(of: member, for: .factors) {
        case .accepted: break
        case .wrong:
            form.problems = [Problem(.code, .wrong)]
            return try visit.again(form)
        case .throttled(let until):
            return try visit.throttled(form, until: until)
        case .exhausted: return .done(Redirection(to: .signIn, "notice=reset-required"))
        case nil:
            form.problems = [Problem(.code, .missing)]
            return try visit.again(form)
        }
        let change: Confirmation.Change = factors.phone?.id == id ? .phoneRemoved : .appRemoved
        let changed = try visit.changeFactors(of: member, change) { $0.remove(id) != nil }
        guard case .done(let redirection) = changed else { return .refused(visit.signInFirst) }
        return .done(redirection)
    }

    /// The factor that is to go: the one that was chosen, or the only one.
    private func chosen(_ member: Visit.Member, _ visit: Visit) -> FactorID? {
        let factors = member.account.factors
        let all = factors.apps.map(\.id) + [factors.phone?.id].compactMap(\.self)
        guard let text = visit.request.form["factor"] ?? visit.request.query["factor"] else {
            return all.count == 1 ? all[0] : nil
        }
        return FactorID(text: text).flatMap { all.contains($0) ? $0 : nil }
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> RemoveFactorForm {
        let chosen = chosen(member, visit)
        return RemoveFactorForm(
            email: member.account.email.text,
            factors: visit.factorRows(of: member.account).enumerated().map { index, row in
                FactorChoiceRow(row: row, isChosen: chosen?.text == row.id, isFirst: index == 0)
            },
            phone: visit.sendsTexts ? member.account.factors.phone?.number.masked ?? "" : "",
            hasOthers: member.account.sessions.count > 1, endsOthers: visit.endsOthers,
            notice: visit.notice(SecondFactorForm.Notice.self) ?? .none)
    }
}

/// `/account/confirm`: asks a member who they are once more, before something that matters (S47).
struct ConfirmPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        var form = form(member, visit)
        if let tooEarly = try visit.provePassword(of: member, in: &form, for: .confirm) {
            return tooEarly
        }
        let hasFactors = !member.account.factors.isEmpty
        // A code is used up by being right, so it is looked at only when the password is.
        if hasFactors, !form.problems.isEmpty, visit.hasNoCode {
            form.problems.append(Problem(.code, .missing))
        } else if hasFactors, form.problems.isEmpty {
            switch try visit.proveFactor(of: member, for: .confirm) {
            case .accepted: break
            case .wrong: form.problems.append(Problem(.code, .wrong))
            case nil: form.problems.append(Problem(.code, .missing))
            case .throttled(let until):
                return try visit.throttled(form, until: until)
            case .exhausted: return .done(Redirection(to: .signIn, "notice=reset-required"))
            }
        }
        guard form.problems.isEmpty else { return try visit.again(form) }
        let session = try visit.begin(
            visit.newSession(at: hasFactors ? .two : .one), of: member.account,
            inPlaceOf: member.session.id)
        guard let session else { return .refused(visit.signInFirst) }
        visit.log(.ok, .confirm, account: member.account.id)
        return .done(Redirection(to: visit.next.text, setting: [session]))
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> ConfirmForm {
        ConfirmForm(
            email: member.account.email.text, next: visit.next.text,
            hasFactors: !member.account.factors.isEmpty,
            phone: visit.sendsTexts ? member.account.factors.phone?.number.masked ?? "" : "",
            notice: visit.notice(SecondFactorForm.Notice.self) ?? .none)
    }
}

/// `/account/second-factor/dismiss`: hears that somebody knows of second factors and wants none.
struct DismissAdvicePage: Page {
    var methods: [Method] { [.post] }

    func get(_ visit: Visit) throws -> Response {
        Redirection(to: .account).response
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        _ = try visit.world.store.update(member.account.id) { $0.adviceDismissedAt = visit.now }
        return .done(Redirection(to: .account))
    }
}

extension Visit {
    /// The factors of an account as a page lists them.
    func factorRows(of account: Account) -> [FactorRow] {
        account.factors.apps.map { app in
            FactorRow(
                id: app.id.text, kind: .app, name: app.name.text,
                added: MomentPhrase(app.addedAt, seenAt: now))
        }
            + [account.factors.phone].compactMap(\.self).map { phone in
                FactorRow(
                    id: phone.id.text, kind: .phone, name: phone.number.masked,
                    added: MomentPhrase(phone.addedAt, seenAt: now))
            }
    }
}
