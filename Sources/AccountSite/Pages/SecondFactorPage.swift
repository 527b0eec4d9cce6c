import Accounts
import Cryptography
import HTTP

/// `/account/second-factor`: the challenge, after the right password (A27).
struct SecondFactorPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let challenge = try visit.challenge() else { return visit.noChallenge }
        return try visit.page(form(challenge, visit))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let challenge = try visit.challenge() else { return .refused(visit.noChallenge) }
        var form = form(challenge, visit)
        guard !visit.hasNoCode else {
            form.problems = [Problem(.code, .missing)]
            return try visit.again(form)
        }
        let before = challenge.account
        let session = visit.newSession(at: .two)
        let proof = visit.world.proof(
            visit.request.form["code"] ?? "", of: before.id,
            holder: CodeHolder(challenge.attempt.id))
        // Checked, used up and signed in within one change of the account (A31).
        let result = try visit.world.store.update(before.id) { account in
            guard challenge.cookie.attempt(at: account, now: visit.now) != nil else {
                return (outcome: SecondFactor.Outcome?.none, account: account)
            }
            let outcome = try account.prove(proof, at: visit.now) {
                try visit.world.open($0, of: before.id)
            }
            if case .accepted = outcome {
                account.end(challenge.attempt.id)
                account.begin(session)
                account.language = account.language ?? visit.language.kept
            }
            return (outcome, account)
        }
        guard let (outcome, account) = result, let outcome else {
            return .refused(visit.noChallenge)
        }
        try visit.follow(outcome, of: before, for: .secondFactor)
        switch outcome {
        case .accepted:
            return .done(try welcome(account, session, challenge, visit))
        case .wrong:
            form.problems = [Problem(.code, .wrong)]
            return try visit.again(form)
        case .throttled(let until):
            return try visit.throttled(form, until: until)
        case .exhausted:
            return .done(
                Redirection(
                    to: .signIn, "notice=reset-required", setting: [AttemptCookie.removal]))
        }
    }

    private func welcome(
        _ account: Account, _ session: Session, _ challenge: Challenge, _ visit: Visit
    ) throws -> Redirection {
        let cookie = SessionCookie(
            session, of: account, siteEpoch: try visit.world.store.siteEpoch()
        ).set(in: visit.world)
        var redirection = try visit.signedIn(
            account, isKnownDevice: challenge.attempt.isKnownDevice,
            isBreached: challenge.attempt.isBreached, since: challenge.attempt.startedAt,
            for: .secondFactor)
        redirection.cookies += [cookie, AttemptCookie.removal].compactMap(\.self)
        if visit.wantsRemembering,
            let remembered = RememberedDevice(visit.browser, of: account, at: visit.now)
                .set(in: visit.world)
        {
            redirection.cookies.append(remembered)
        }
        return redirection
    }

    private func form(_ challenge: Challenge, _ visit: Visit) -> SecondFactorForm {
        let factors = challenge.account.factors
        let sent = challenge.account.sentCodes.contains {
            $0.holder == CodeHolder(challenge.attempt.id) && $0.isOpen(at: visit.now)
        }
        return SecondFactorForm(
            next: visit.next == .account ? "" : visit.next.text, hasApp: !factors.apps.isEmpty,
            phone: visit.sendsTexts ? factors.phone?.number.masked ?? "" : "", isSent: sent,
            isRemembering: visit.wantsRemembering,
            notice: visit.notice(SecondFactorForm.Notice.self) ?? .none)
    }
}

/// `/account/second-factor/text`: sends a code, at the challenge or inside a session.
struct SecondFactorTextPage: Page {
    var methods: [Method] { [.post] }

    func get(_ visit: Visit) throws -> Response {
        Redirection(to: .secondFactor).response
    }

    func post(_ visit: Visit) throws -> Reply {
        let target: Route
        let holder: CodeHolder
        let account: Account
        switch visit.request.form["back"].flatMap(Route.init(rawValue:)) {
        case let back? where back == .confirm || back == .removeFactor:
            guard let member = visit.member else { return .refused(visit.signInFirst) }
            (target, holder, account) = (back, CodeHolder(member.session.id), member.account)
        default:
            guard let challenge = try visit.challenge() else { return .refused(visit.noChallenge) }
            (target, holder, account) = (
                .secondFactor, CodeHolder(challenge.attempt.id), challenge.account
            )
        }
        let query = "next=\(visit.next.queryValue)"
        guard let phone = account.factors.phone else {
            return .done(Redirection(to: target, query))
        }
        switch try visit.sendCode(to: phone.number, of: account.id, for: holder) {
        case .sent: return .done(Redirection(to: target, "notice=sent&\(query)"))
        case .throttled:
            visit.log(.throttled, .secondFactor, account: account.id, user: account.email.text)
            return .done(Redirection(to: target, "notice=not-sent&\(query)"))
        case .unavailable: return .done(Redirection(to: target, "notice=not-sent&\(query)"))
        }
    }
}

/// Somebody who has given the right password in this browser, and not yet a second factor.
struct Challenge {
    let cookie: AttemptCookie
    let account: Account
    let attempt: SignInAttempt
}

extension Visit {
    /// Who is to give a second factor here.
    func challenge() throws -> Challenge? {
        guard
            let cookie = AttemptCookie(request.cookies, in: world),
            let account = try world.store.account(cookie.account),
            let attempt = cookie.attempt(at: account, now: now)
        else { return nil }
        return Challenge(cookie: cookie, account: account, attempt: attempt)
    }

    /// Sends whoever comes to the challenge without an attempt to where they can go on.
    var noChallenge: Response {
        member == nil
            ? Redirection(to: .signIn, "notice=please-sign-in").response
            : Redirection(to: .account).response
    }

    /// Whether the person wants no code asked for on this device again.
    fileprivate var wantsRemembering: Bool { request.form["remember"] == "yes" }

    /// Where the person wanted to go, as the form or the address says.
    var next: ReturnPath {
        let text = request.method == .post ? request.form["next"] : request.query["next"]
        return text.flatMap(ReturnPath.init) ?? .account
    }

    /// Does what belongs to every sign-in once it has succeeded.
    ///
    /// - Parameters:
    ///   - account: The account, with the new session.
    ///   - isKnownDevice: Whether the account was used from this browser before.
    ///   - isBreached: Whether the password was seen in breaches.
    ///   - start: When this sign-in began; wrong codes since then are the person's own.
    ///   - flow: The form that was the last.
    /// - Returns: Where to go now, without the session's cookie.
    /// - Throws: `StoreError`.
    func signedIn(
        _ account: Account, isKnownDevice: Bool, isBreached: Bool, since start: Timestamp,
        for flow: LogEntry.Flow
    ) throws -> Redirection {
        let addressTag = world.store.key(.signUp, of: account.email).addressTag
        let device = DeviceCookie(request.cookies, in: world)
        let known = device?.addressTag == addressTag ? device?.nonce : nil
        let keys = SignIn.throttles(account.email, from: visitor.network, device: known)
        try world.store.updateThrottles(keys) { Attempt.succeed(keys, &$0) }
        log(.ok, flow, account: account.id, user: account.email.text)
        // The browser that had a session before has it no more (S41).
        if let member {
            _ = try world.store.update(member.account.id) { $0.end(member.session.id) }
        }
        let events = try world.store.events(of: account.id, atMost: Audience.mostEvents)
        try note(.signedIn, of: account.id)
        if !isKnownDevice {
            try note(.newDevice, of: account.id)
            try tell(of: .newDevice, account)
        }
        let cookie = DeviceCookie(addressTag: addressTag, earlier: device, in: world).set(in: world)
        let wasTried = !TriedRow.rows(events, before: start, visitor, now: now).isEmpty
        guard isBreached || wasTried else {
            return Redirection(to: next.text, setting: [cookie].compactMap(\.self))
        }
        let notice: AttentionPage.Notice = isBreached ? wasTried ? .both : .breached : .tried
        return Redirection(
            to: .attention,
            "notice=\(notice.rawValue)&since=\(start.seconds)&next=\(next.queryValue)",
            setting: [cookie].compactMap(\.self))
    }
}
