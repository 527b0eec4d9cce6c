import Accounts
import BreachedPasswords
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
                try visit.verifies($0, account?.password ?? visit.world.decoy, counting: keys)
            } ?? false
        form.problems = [Problem(.form, .wrong)]
        switch SignIn.decide(account, passwordMatches: matches) {
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
            guard let session = try begin(account, password, exposure, visit) else {
                visit.log(.badPassword, .signIn, account: account.id, user: address.text)
                return try visit.again(form)
            }
            try visit.world.store.updateThrottles(keys) { Attempt.succeed(keys, &$0) }
            visit.log(.ok, .signIn, account: account.id, user: address.text)
            try visit.note(.signedIn, of: account.id)
            let device = DeviceCookie(addressTag: addressTag, earlier: device, in: visit.world)
            return .done(
                Redirection(
                    to: destination(exposure, visit),
                    setting: [session, device.set(in: visit.world)].compactMap(\.self)))
        }
    }

    /// Begins a session, and ends the one that this browser had before (S41).
    ///
    /// - Returns: nil if the password that was verified is no longer the account's.
    private func begin(
        _ account: Account, _ password: Password?, _ exposure: Exposure, _ visit: Visit
    ) throws -> SetCookie? {
        let rehashed = rehash(password, account.password, in: visit.world)
        let cookie = try visit.beginSession(of: account) { account in
            if let rehashed {
                account.rehash(rehashed)
            }
            if exposure != .unknown {
                account.breachChecked(at: visit.now)
            }
        }
        if cookie != nil, let member = visit.member {
            _ = try visit.world.store.update(member.account.id) { $0.end(member.session.id) }
        }
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

    /// Where the person goes now: to where they wanted, or first to hear that the password is known.
    private func destination(_ exposure: Exposure, _ visit: Visit) -> String {
        guard case .seen = exposure else { return next(visit).text }
        let query = "notice=breached&next=\(next(visit).queryValue)"
        return Redirection(to: .breached, query).location
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
            setting: [.removing(SessionCookie.name), FlowCookie.removal], clearsSiteData: true)
    }
}

extension Visit {
    /// Begins a session of this browser, together with other changes of the account.
    ///
    /// A password takes a while to verify, and meanwhile its owner may have reset it or the operator
    /// disabled the account. So the account must be what it was when the person proved to be its
    /// owner; otherwise nothing changes.
    ///
    /// - Parameters:
    ///   - proved: The account as it was read before the proof.
    ///   - old: The session that the new one takes the place of, and that must be there still.
    ///   - level: How surely the person was recognised.
    ///   - change: The other changes.
    /// - Returns: The cookie to be set, or nil if the account is not what it was.
    /// - Throws: `StoreError`, or what `change` throws.
    func beginSession(
        of proved: Account, inPlaceOf old: SessionID? = nil, at level: AssuranceLevel = .one,
        _ change: (inout Account) throws -> Void = { _ in }
    ) throws -> SetCookie? {
        let session = Session(
            id: .random(world.randomBytes), level: level, at: now, visitor: visitor)
        let account = try world.store.update(proved.id) { account -> Account? in
            guard
                account.generation == proved.generation, account.epoch == proved.epoch,
                !account.isDisabled, old.map({ account.end($0) }) ?? true
            else { return nil }
            try change(&account)
            account.begin(session)
            return account
        }
        guard case let account?? = account else { return nil }
        return SessionCookie(session, of: account, siteEpoch: try world.store.siteEpoch())
            .set(in: world)
    }
}
