import Accounts
import BreachedPasswords
import Cryptography
import HTTP

/// `/account/sign-in`: an address and a password.
struct SignInPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard visit.member == nil else { return Redirection(to: visit.next.text).response }
        var form = form(visit)
        form.notice = visit.notice(SignInForm.Notice.self) ?? .none
        return try visit.page(form)
    }

    func stale(_ visit: Visit) throws -> Response {
        try visit.page(form(visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        var form = form(visit)
        let typed = visit.request.form["password"] ?? ""
        guard let address = EmailAddress(form.email), !typed.isEmpty else {
            if EmailAddress(form.email) == nil {
                form.problems.append(
                    Problem(.email, form.email.isEmpty ? .emailMissing : .emailMalformed))
            }
            if typed.isEmpty {
                form.problems.append(Problem(.currentPassword, .passwordMissing))
            }
            return try visit.again(form)
        }

        guard !visit.world.configuration.secondFactors.singleSignOn.covers(address) else {
            form.problems = [Problem(.email, .singleSignOn)]
            return try visit.again(form)
        }
        let addressTag = visit.world.store.key(.signUp, of: address).addressTag
        let device = DeviceCookie(visit.request.cookies, in: visit.world)
        let isKnownDevice = device?.addressTag == addressTag
        let keys = SignIn.throttles(
            address, from: visit.visitor.network, device: isKnownDevice ? device?.nonce : nil)
        if let opensAt = try visit.begin(keys) {
            visit.log(.throttled, .signIn, user: address.text)
            return try visit.throttled(form, until: opensAt)
        }

        let account = try visit.world.store.account(at: address)
        let password = try? Password(typed)
        let matches =
            try password.map {
                try visit.verifies($0, account?.password ?? visit.world.decoy, counting: keys)
            } ?? false
        form.problems = [Problem(.form, .wrong)]
        let isElsewhere = account.map {
            visit.world.configuration.secondFactors.singleSignOn.covers($0)
        }
        switch SignIn.decide(account, passwordMatches: matches && isElsewhere != true) {
        case .refused:
            visit.log(.badPassword, .signIn, account: account?.id, user: address.text)
            if let account {
                try visit.note(.wrongPassword, of: account.id)
            }
            return try visit.again(form)
        case .disabled(let account):
            visit.log(.disabled, .signIn, account: account.id, user: address.text)
            return try visit.again(form)
        case .signedIn(let account):
            let exposure =
                try password.map { try visit.breaches(of: $0, of: account) } ?? .unknown
            return try goOn(account, password, exposure, isKnownDevice: isKnownDevice, visit)
                ?? refuse(account, form, visit)
        }
    }

    /// Signs in, or asks for the second factor first.
    ///
    /// - Returns: nil if the password that was verified is no longer the account's.
    private func goOn(
        _ account: Account, _ password: Password?, _ exposure: Exposure, isKnownDevice: Bool,
        _ visit: Visit
    ) throws -> Reply? {
        let rehashed = rehash(password, account.password, in: visit.world)
        func note(_ account: inout Account) {
            if let rehashed { account.rehash(rehashed) }
            if exposure != .unknown { account.breachChecked(at: visit.now) }
        }
        let isBreached = exposure.isSeen
        let remembered = RememberedDevice(visit.request.cookies, in: visit.world)
        let isRemembered =
            remembered?.isRemembered(by: account, visit.browser, at: visit.now) == true
        guard account.factors.isEmpty || isRemembered else {
            let attempt = SignInAttempt(
                id: .random(visit.world.randomBytes), startedAt: visit.now,
                isKnownDevice: isKnownDevice, isBreached: isBreached, visitor: visit.visitor)
            return try challenge(account, attempt, visit, note)
        }
        let level: AssuranceLevel = account.factors.isEmpty ? .one : .remembered
        guard let session = try visit.begin(visit.newSession(at: level), of: account, note)
        else { return nil }
        var redirection = try visit.signedIn(
            account, isKnownDevice: isKnownDevice, isBreached: isBreached, since: visit.now,
            for: .signIn)
        redirection.cookies.append(session)
        return .done(redirection)
    }

    /// Begins an attempt, for which a second factor is asked on the next page.
    ///
    /// The attempt still counts as failed: whoever knows the password alone must not try on at will.
    private func challenge(
        _ account: Account, _ attempt: SignInAttempt, _ visit: Visit,
        _ note: (inout Account) -> Void
    ) throws -> Reply? {
        let begun = try visit.world.store.update(account.id) { current in
            guard
                current.generation == account.generation, current.epoch == account.epoch,
                !current.isDisabled
            else { return false }
            note(&current)
            current.begin(attempt)
            return true
        }
        guard begun == true else { return nil }
        if !attempt.isKnownDevice {
            try visit.world.store.lookAfter(
                account.id, at: visit.now + SignInAttempt.patience)
        }
        // Where there is nothing but a telephone, nobody has to ask.
        var notice = ""
        if account.factors.apps.isEmpty, let phone = account.factors.phone {
            let outcome = try visit.sendCode(
                to: phone.number, of: account.id, for: CodeHolder(attempt.id))
            if case .sent = outcome { notice = "notice=sent&" } else { notice = "notice=not-sent&" }
        }
        let cookie = AttemptCookie(attempt, at: account).set(in: visit.world)
        return .done(
            Redirection(
                to: .secondFactor, "\(notice)next=\(visit.next.queryValue)",
                setting: [cookie].compactMap(\.self)))
    }

    private func refuse(
        _ account: Account, _ form: SignInForm, _ visit: Visit
    ) throws -> Reply {
        visit.log(.badPassword, .signIn, account: account.id, user: account.email.text)
        return try visit.again(form)
    }

    /// Hashes the password anew if its hash was made at another cost.
    ///
    /// Where there is no room for that just now, the next sign-in will do it.
    private func rehash(
        _ password: Password?, _ hash: PasswordHash?, in world: World
    ) -> PasswordHash? {
        guard let password, let hash, world.needsRehash(hash) else { return nil }
        return try? world.hash(password)
    }

    private func form(_ visit: Visit) -> SignInForm {
        SignInForm(
            email: visit.request.form["email"] ?? "",
            next: visit.next == .account ? "" : visit.next.text)
    }
}

/// `/account/sign-out`: ends the session on the server (S42).
struct SignOutPage: Page {
    var methods: [Method] { [.post] }

    func get(_ visit: Visit) throws -> Response {
        Redirection(to: .signIn).response
    }

    /// Signs out all the same: whoever pressed the button must not go away signed in.
    func stale(_ visit: Visit) throws -> Response {
        try signOut(visit).response
    }

    func post(_ visit: Visit) throws -> Reply {
        .done(try signOut(visit))
    }

    private func signOut(_ visit: Visit) throws -> Redirection {
        if let member = visit.member {
            _ = try visit.world.store.update(member.account.id) { $0.end(member.session.id) }
            try visit.note(.signedOut, of: member.account.id)
            visit.log(.ok, .signOut, account: member.account.id)
        }
        return Redirection(
            to: Redirection(to: .signIn, "notice=signed-out").location,
            setting: [
                .removing(SessionCookie.name), FlowCookie.removal, AttemptCookie.removal,
                NewRecoveryCodes.removal,
            ], clearsSiteData: true)
    }
}

extension Visit {
    /// A session of this browser for somebody who has just proved who they are.
    func newSession(at level: AssuranceLevel) -> Session {
        Session(id: .random(world.randomBytes), level: level, at: now, visitor: visitor)
    }

    /// The session of a member under a new name, after a change that ends all others.
    func renamedSession(of member: Member) -> Session {
        member.session.renamed(.random(world.randomBytes), at: now)
    }

    /// Begins a session of this browser, together with other changes of the account.
    ///
    /// A password takes a while to verify, and meanwhile its owner may have reset it or the operator
    /// disabled the account. So the account must be what it was when the person proved to be its
    /// owner; otherwise nothing changes.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - proved: The account as it was read before the proof.
    ///   - old: The session that the new one takes the place of, and that must be there still.
    ///   - change: The other changes.
    /// - Returns: The cookie to be set, or nil if the account is not what it was.
    /// - Throws: `StoreError`, or what `change` throws.
    func begin(
        _ session: Session, of proved: Account, inPlaceOf old: SessionID? = nil,
        _ change: (inout Account) throws -> Void = { _ in }
    ) throws -> SetCookie? {
        let account = try world.store.update(proved.id) { account -> Account? in
            guard
                account.generation == proved.generation, account.epoch == proved.epoch,
                !account.isDisabled, old.map({ account.end($0) }) ?? true
            else { return nil }
            try change(&account)
            account.begin(session)
            account.language = account.language ?? language.kept
            return account
        }
        guard case let account?? = account else { return nil }
        return SessionCookie(session, of: account, siteEpoch: try world.store.siteEpoch())
            .set(in: world)
    }
}
