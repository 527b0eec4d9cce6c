import Accounts
import Cryptography
import HTTP
import QRCode

/// `/account/second-factor/start`: which second factors there are, for whoever has none.
struct FactorStartPage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(
            FactorStartForm(
                isRequired: member.mustEnrol(in: visit.world), sendsTexts: visit.sendsTexts))
    }
}

/// `/account/second-factor/totp`: adds an authenticator app, once it has shown a code (S13–S18).
struct EnrolAppPage: Page {
    private static let defaultName = "App"

    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        guard visit.isFresh(member) else { return visit.confirmFirst }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        guard visit.isFresh(member) else { return .refused(visit.confirmFirst) }
        var form = form(member, visit)
        let world = visit.world
        let key = world.enrolmentKey(of: member.account, in: member.session.id)
        let typed = visit.request.form["code"] ?? ""
        let mark = visit.request.form["mark"]
        guard mark == nil || mark == world.mark(of: key) else {
            form.problems = [Problem(.code, .newer)]
            return try visit.again(form)
        }
        guard let code = SixDigitCode(typed: typed),
            let step = key.step(accepting: code, at: visit.now.seconds, after: nil)
        else {
            form.problems = [
                Problem(.code, typed.allSatisfy(\.isWhitespace) ? .missing : .wrong)
            ]
            return try visit.again(form)
        }
        let name = PersonName(form.deviceName).flatMap { $0 == .none ? nil : $0 }
        let id = FactorID.random(world.randomBytes)
        // The code that proves the app is used up by it (A30).
        let app = AuthenticatorApp(
            id: id, name: name ?? PersonName(Self.defaultName) ?? .none, addedAt: visit.now,
            key: world.seal(key, of: member.account.id, id), lastStep: step)
        let added = try visit.changeFactors(of: member, .appAdded) { $0.add(app) }
        switch added {
        case .done(let redirection): return .done(redirection)
        case .full:
            form.problems = [Problem(.form, .full)]
            return try visit.again(form)
        case .over: return .refused(visit.signInFirst)
        }
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> EnrolAppForm {
        let key = visit.world.enrolmentKey(of: member.account, in: member.session.id)
        let uri = KeyURI(
            key: key, issuer: visit.world.configuration.siteName,
            account: member.account.email.text)
        return EnrolAppForm(
            picture: QRCode(text: uri.text), uri: uri, key: key, mark: visit.world.mark(of: key),
            deviceName: visit.request.form["name"] ?? "",
            hasOthers: member.account.sessions.count > 1, endsOthers: visit.endsOthers)
    }
}

/// `/account/second-factor/sms`: adds a telephone, once a code that was sent there has been typed
/// (S21).
struct EnrolPhonePage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        guard visit.sendsTexts else { return try visit.page(NotFoundForm(), .notFound) }
        guard visit.isFresh(member) else { return visit.confirmFirst }
        return try visit.page(form(member, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        guard visit.sendsTexts else {
            return .refused(try visit.page(NotFoundForm(), .notFound))
        }
        guard visit.isFresh(member) else { return .refused(visit.confirmFirst) }
        let typed = visit.request.form["code"] ?? ""
        return typed.allSatisfy(\.isWhitespace)
            ? try send(member, visit) : try prove(typed, member, visit)
    }

    private func send(_ member: Visit.Member, _ visit: Visit) throws -> Reply {
        var form = form(member, visit)
        let countries = visit.world.configuration.texts.countries
        guard !form.phone.isEmpty else {
            let isWaiting = !form.sentTo.isEmpty
            form.problems = [
                isWaiting ? Problem(.code, .missing) : Problem(.phone, .phoneMissing)
            ]
            return try visit.again(form)
        }
        guard let number = PhoneNumber(form.phone, in: countries) else {
            form.problems = [Problem(.phone, .phoneMalformed)]
            return try visit.again(form)
        }
        guard countries.contains(number.country) else {
            form.problems = [Problem(.phone, .phoneElsewhere)]
            return try visit.again(form)
        }
        let outcome = try visit.sendCode(
            to: number, of: member.account.id, for: CodeHolder(member.session.id),
            isEnrolment: true)
        guard case .throttled(let until) = outcome else {
            return .done(Redirection(to: .enrolPhone, "notice=sent"))
        }
        visit.log(.throttled, .factors, account: member.account.id)
        return try visit.throttled(form, until: until)
    }

    private func prove(_ typed: String, _ member: Visit.Member, _ visit: Visit) throws -> Reply {
        var form = form(member, visit)
        let keys: [ThrottleKey] = [.phoneProof(member.account.id)]
        if let until = try visit.begin(keys) {
            return try visit.throttled(form, until: until)
        }
        let holder = CodeHolder(member.session.id)
        let id = FactorID.random(visit.world.randomBytes)
        let tag = SixDigitCode(typed: typed).map { visit.world.tag(of: $0, for: holder) }
        let added = try visit.changeFactors(of: member, .phoneAdded) { factors, account in
            guard let tag, let code = account.takeCode(tag, of: holder, at: visit.now),
                let number = code.number
            else { return false }
            factors.setPhone(Phone(id: id, number: number, addedAt: visit.now))
            return true
        }
        switch added {
        case .done(let redirection):
            try visit.world.store.updateThrottles(keys) { Attempt.succeed(keys, &$0) }
            return .done(redirection)
        case .full:
            form.problems = [Problem(.code, .wrong)]
            visit.log(.badCode, .factors, account: member.account.id)
            return try visit.again(form)
        case .over: return .refused(visit.signInFirst)
        }
    }

    private func form(_ member: Visit.Member, _ visit: Visit) -> EnrolPhoneForm {
        let sent = member.account.sentCodes.first {
            $0.holder == CodeHolder(member.session.id) && $0.number != nil
                && $0.isOpen(at: visit.now)
        }
        return EnrolPhoneForm(
            phone: visit.request.form["phone"] ?? "", sentTo: sent?.number?.masked ?? "",
            countries: visit.world.configuration.texts.countries.map(\.text)
                .joined(separator: ", "),
            hasOthers: member.account.sessions.count > 1, endsOthers: visit.endsOthers)
    }
}
