import Accounts
import Cryptography
import HTTP

/// `/account/sign-in`: an address and a password.
struct SignInPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard visit.member == nil else { return Redirection(to: next(visit).text).response }
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

        let addressTag = visit.world.store.key(.signUp, of: address).addressTag
        let device = DeviceCookie(visit.request.cookies, in: visit.world)
        let keys = SignIn.throttles(
            address, from: visit.visitor.network,
            device: device?.addressTag == addressTag ? device?.nonce : nil)
        if let opensAt = try visit.begin(keys) {
            form.wait = DateText.wait(opensAt - visit.now)
            form.problems = [Problem(.form, .throttled)]
            visit.log(.throttled, .signIn, user: address.text)
            return try visit.throttled(form, until: opensAt)
        }

        let account = try visit.world.store.account(at: address)
        let password = try? Password(typed)
        let matches =
            try password.map {
                try visit.world.verifies($0, account?.password ?? visit.world.decoy)
            } ?? false
        switch SignIn.decide(account, passwordMatches: matches) {
        case .refused:
            form.problems = [Problem(.form, .wrong)]
            visit.log(
                matches && account?.isDisabled == true ? .disabled : .badPassword, .signIn,
                account: account?.id, user: address.text)
            if let account {
                try visit.note(.wrongPassword, of: account.id)
            }
            return try visit.again(form)
        case .signedIn(let account):
            try visit.world.store.updateThrottles(keys) { Attempt.succeed(keys, &$0) }
            visit.log(.ok, .signIn, account: account.id, user: address.text)
            let device = DeviceCookie(addressTag: addressTag, earlier: device, in: visit.world)
            let cookies = [
                try begin(account, password, visit), device.set(in: visit.world),
            ]
            return .done(Redirection(to: next(visit).text, setting: cookies.compactMap(\.self)))
        }
    }

    /// Begins a session, and ends the one that this browser had before (S41).
    private func begin(
        _ account: Account, _ password: Password?, _ visit: Visit
    ) throws -> SetCookie? {
        if let member = visit.member {
            _ = try visit.world.store.update(member.account.id) { $0.end(member.session.id) }
        }
        let rehashed = rehash(password, account.password, in: visit.world)
        let cookie = try visit.beginSession(of: account.id) { account in
            if let rehashed {
                account.rehash(rehashed)
            }
        }
        try visit.note(.signedIn, of: account.id)
        return cookie
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

    private func next(_ visit: Visit) -> ReturnPath {
        let isPost = visit.request.method == .post
        let text = isPost ? visit.request.form["next"] : visit.request.query["next"]
        return text.flatMap(ReturnPath.init) ?? .account
    }

    private func form(_ visit: Visit) -> SignInForm {
        SignInForm(
            email: visit.request.form["email"] ?? "",
            next: next(visit) == .account ? "" : next(visit).text)
    }
}

/// `/account/sign-out`: ends the session on the server (S42).
struct SignOutPage: Page {
    var methods: [Method] { [.post] }

    func get(_ visit: Visit) throws -> Response {
        Redirection(to: .signIn).response
    }

    func post(_ visit: Visit) throws -> Reply {
        if let member = visit.member {
            _ = try visit.world.store.update(member.account.id) { $0.end(member.session.id) }
            try visit.note(.signedOut, of: member.account.id)
            visit.log(.ok, .signOut, account: member.account.id)
        }
        return .done(
            Redirection(
                to: Redirection(to: .signIn, "notice=signed-out").location,
                setting: [.removing(SessionCookie.name), FlowCookie.removal], clearsSiteData: true))
    }
}

extension Visit {
    /// Begins a session of this browser, together with other changes of the account.
    ///
    /// - Returns: The cookie to be set, or nil if the account is gone.
    func beginSession(
        of id: AccountID, at level: AssuranceLevel = .one,
        _ change: (inout Account) throws -> Void = { _ in }
    ) throws -> SetCookie? {
        let session = Session(
            id: .random(world.randomBytes), level: level, at: now, visitor: visitor)
        let account = try world.store.update(id) { account in
            try change(&account)
            account.begin(session)
            return account
        }
        guard let account else { return nil }
        return SessionCookie(session, of: account, siteEpoch: try world.store.siteEpoch())
            .set(in: world)
    }
}
