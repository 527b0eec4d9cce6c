import Accounts
import Cryptography
import HTTP
import Hypertext

// Asking for a second factor, at the challenge and wherever it is asked for again.

extension World {
    /// What a typed code can prove, to whoever holds an attempt or a session of an account.
    func proof(_ typed: String, of account: AccountID, holder: CodeHolder) -> SecondFactor.Proof {
        let digits = SixDigitCode(typed: typed)
        return SecondFactor.Proof(
            digits: digits, text: digits.map { tag(of: $0, for: holder) },
            recoveryCode: RecoveryCode(typed: typed).map { tag(of: $0, of: account) },
            holder: holder)
    }
}

extension Visit {
    /// Whether no code was typed.
    var hasNoCode: Bool { (request.form["code"] ?? "").allSatisfy(\.isWhitespace) }

    /// Checks the password that a form asks for and, where there is a second factor, the code; notes in
    /// the form what is wrong with either.
    ///
    /// - Parameters:
    ///   - member: Whose they are.
    ///   - form: The form, which the page goes on with; something else may be wrong with it already.
    ///   - flow: What they are asked for.
    /// - Returns: The answer where it is too early to try them, or no code is heard any more, and
    ///   otherwise nil.
    /// - Throws: `StoreError`, `SealedSecretError`, or what verifying the password throws.
    func prove(
        _ member: Member, in form: inout some FactorAskingForm, for flow: LogEntry.Flow
    ) throws -> Reply? {
        if let tooEarly = try provePassword(of: member, in: &form, for: flow) { return tooEarly }
        guard !member.account.factors.isEmpty else { return nil }
        // A code is used up by being right, so it is looked at only when all else is.
        guard form.problems.isEmpty else {
            if hasNoCode { form.problems.append(Problem(.code, .missing)) }
            return nil
        }
        switch try proveFactor(of: member, for: flow) {
        case .accepted: break
        case .wrong: form.problems.append(Problem(.code, .wrong))
        case nil: form.problems.append(Problem(.code, .missing))
        case .throttled(let until): return try throttled(form, until: until)
        case .exhausted: return .done(Redirection(to: .signIn, "notice=reset-required"))
        }
        return nil
    }

    /// Checks the code that stands in the form against the factors of a member.
    ///
    /// - Returns: What came of it, or nil where no code was typed.
    /// - Throws: `StoreError`, or `SealedSecretError`.
    private func proveFactor(
        of member: Member, for flow: LogEntry.Flow
    ) throws -> SecondFactor.Outcome? {
        guard !hasNoCode else { return nil }
        let proof = world.proof(
            request.form["code"] ?? "", of: member.account.id, holder: CodeHolder(member.session.id)
        )
        let id = member.account.id
        let outcome = try world.store.update(id) { account in
            try account.prove(proof, at: now) { try world.open($0, of: id) }
        }
        guard let outcome else { return nil }
        try follow(outcome, of: member.account, for: flow)
        return outcome
    }

    /// Does what a code brings about besides: notes it, logs it, and tells whom it concerns.
    ///
    /// - Parameters:
    ///   - outcome: What came of the code.
    ///   - account: The account as it was before.
    ///   - flow: Where the code was typed.
    /// - Throws: `StoreError`.
    func follow(
        _ outcome: SecondFactor.Outcome, of account: Account, for flow: LogEntry.Flow
    ) throws {
        switch outcome {
        case .accepted(.recoveryCode):
            try note(.recoveryCodeUsed, of: account.id)
            try tell(of: .recoveryCodeUsed, account)
        case .accepted: break
        case .throttled:
            log(.throttled, flow, account: account.id, user: account.email.text)
        case .wrong:
            log(.badCode, flow, account: account.id, user: account.email.text)
            try note(.secondFactorFailed, of: account.id)
        case .exhausted:
            log(.exhausted, flow, account: account.id, user: account.email.text)
            try note(.secondFactorFailed, of: account.id)
            try note(.resetRequired, of: account.id)
            let site = world.configuration
            try send(
                ResetRequiredMail(
                    person: Addressee(account), when: MomentPhrase(now),
                    visitor: visitor,
                    reset: site.siteURL.url(Route.reset.path)),
                to: account.email)
            try send(
                OperatorMail(
                    person: Addressee(email: site.mailFrom.text, language: world.ownLanguage),
                    account: account.email.text, when: MomentPhrase(now), visitor: visitor),
                to: site.mailFrom)
        }
    }

    /// Whether a member has proved a moment ago who they are, with a second factor if they have one
    /// (S25, S47).
    func isFresh(_ member: Member) -> Bool {
        let isRecent = now - member.session.signedInAt < Self.freshness
        return isRecent && (member.account.factors.isEmpty || member.session.level == .two)
    }

    /// For how long a proof of who somebody is serves for changes of their factors, in seconds.
    private static var freshness: Int64 { 10 * Duration.minute }

    /// Sends a member to prove who they are, and back here afterwards.
    var confirmFirst: Response {
        let back = ReturnPath(request.path) ?? .account
        return Redirection(to: .confirm, "next=\(back.queryValue)").response
    }
}

// MARK: - Text messages

/// What came of asking for a code by text message.
enum TextOutcome {
    case sent
    case throttled(until: Timestamp)
    case unavailable
}

extension Visit {
    /// Whether the site sends text messages.
    var sendsTexts: Bool { world.configuration.texts.transport != .nowhere }

    /// Sends a code to a number, for whoever holds an attempt or a session.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - account: The account.
    ///   - holder: For whom the code is.
    ///   - isEnrolment: Whether the number is to be enrolled by it.
    /// - Returns: What came of it. A code that is sent voids the one before; failures still count
    ///   (S20).
    /// - Throws: `StoreError`.
    func sendCode(
        to number: PhoneNumber, of account: AccountID, for holder: CodeHolder,
        isEnrolment: Bool = false
    ) throws -> TextOutcome {
        guard sendsTexts else { return .unavailable }
        let keys: [ThrottleKey] = [
            .textAccount(account), .textNumber(number), .textNetwork(visitor.network),
            .textDay(now.dayNumber, most: world.configuration.texts.perDay),
        ]
        if let until = try begin(keys) { return .throttled(until: until) }
        let code = SixDigitCode.random(world.randomBytes)
        let sent = SentCode(
            holder: holder, tag: world.tag(of: code, for: holder), sentAt: now,
            number: isEnrolment ? number : nil)
        let owner = try world.store.update(account) { account in
            account.send(sent)
            return account.language
        }
        let words = try world.templates.message(
            CodeMessage(code: code.text, minutes: Int(SentCode.lifetime / Duration.minute)),
            language: (owner ?? nil)?.text ?? language.tag)
        try world.sendText(
            TextMessage(
                to: number, words: words, code: code.text, site: world.configuration.siteURL),
            now + SentCode.lifetime)
        return .sent
    }
}
