import Accounts
import Cryptography
import HTTP

/// `/account/verify`: proves the address of a new account, by the mailed link or the mailed code.
///
/// The link of an invitation leads here, too.
struct VerifyPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard visit.request.query["token"] != nil else { return try sent(visit) }
        switch try visit.followed(.signUp, or: .invitation) {
        case .success((_, let confirmation)):
            return try visit.page(
                VerifyForm(
                    email: confirmation.address.text,
                    isSameBrowser: confirmation.browser == visit.browser.tag,
                    token: visit.request.query["token"] ?? ""))
        case .failure(let dead):
            return try visit.deadLink(dead.refusal, .verify)
        }
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let (key, proof) = visit.proof(for: .signUp, orLinkFor: .invitation) else {
            return .refused(try visit.deadLink(.wrong, .verify))
        }
        let answer: Result<Confirmation, LinkRefusal> =
            try visit.world.store.updateConfirmation(key) { confirmation in
                if let refusal = confirmation?.use(proof, at: visit.now) ?? .none {
                    return .failure(LinkRefusal(refusal))
                }
                guard let proved = confirmation else { return .failure(LinkRefusal(.wrong)) }
                try create(proved, visit)
                return .success(proved)
            }
        switch (answer, proof) {
        case (.success(let proved), _):
            return try welcome(proved, visit)
        case (.failure(let dead), .link):
            return .refused(try visit.deadLink(dead.refusal, .verify))
        case (.failure(let dead), .code):
            return try refuseCode(dead.refusal, visit)
        }
    }

    /// Makes the account.
    ///
    /// Only the browser that signed up brings its password and name along: what a stranger typed who
    /// signed up with this address is worth nothing once its owner proves it (A12). What the operator
    /// wrote into an invitation counts.
    private func create(_ proved: Confirmation, _ visit: Visit) throws {
        let isSameBrowser = proved.browser == visit.browser.tag
        var account = Account(
            id: .random(visit.world.randomBytes), email: proved.address,
            name: isSameBrowser || proved.purpose == .invitation ? proved.name : .none,
            language: isSameBrowser ? proved.language : visit.language.kept,
            password: isSameBrowser ? proved.password : nil, at: visit.now)
        account.groups = proved.groups
        if isSameBrowser, visit.looksUpPasswords(in: .signUp) {
            account.breachChecked(at: proved.askedAt)
        }
        // An address that got an account meanwhile keeps it; whoever came here can sign in to it.
        guard try visit.world.store.add(account) else { return }
        try visit.note(.verified, of: account.id)
        visit.log(.ok, .verify, account: account.id, user: account.email.text)
    }

    private func welcome(_ proved: Confirmation, _ visit: Visit) throws -> Reply {
        guard let account = try visit.world.store.account(at: proved.address),
            account.password == nil
        else {
            // The browser that signed up is known from now on.
            let key = visit.world.store.key(.signUp, of: proved.address)
            let device =
                proved.browser == visit.browser.tag
                ? DeviceCookie(addressTag: key.addressTag, earlier: nil, in: visit.world)
                    .set(in: visit.world) : nil
            return .done(
                Redirection(
                    to: .signIn, "notice=verified",
                    setting: [FlowCookie.removal, device].compactMap(\.self)))
        }
        let link = try visit.world.askForReset(of: account, at: account.email)
        let flow = FlowCookie(following: link, at: visit.now).set(in: visit.world)
        return .done(Redirection(to: .resetNew, setting: [flow].compactMap(\.self)))
    }

    /// The page that says to look for mail, in the browser that signed up.
    private func sent(_ visit: Visit) throws -> Response {
        guard let confirmation = try waiting(visit) else {
            return Redirection(to: .signUp).response
        }
        return try visit.page(SignUpSentForm(email: confirmation.address.text))
    }

    private func refuseCode(_ refusal: Confirmation.Refusal, _ visit: Visit) throws -> Reply {
        guard refusal != .used, let confirmation = try waiting(visit) else {
            return .refused(try visit.deadLink(refusal, .verify))
        }
        return try visit.again(
            SignUpSentForm(
                email: confirmation.address.text,
                problems: [Problem(.code, visit.codeProblem(refusal, .verify))]))
    }

    private func waiting(_ visit: Visit) throws -> Confirmation? {
        try FlowCookie(visit.request.cookies, for: .signUp, in: visit.world)
            .flatMap { try visit.world.store.confirmation($0.key) }
    }
}

extension Visit {
    /// What to say about a code that was refused.
    func codeProblem(_ refusal: Confirmation.Refusal, _ flow: LogEntry.Flow) -> CodeProblem {
        guard refusal == .wrong else { return .expired }
        guard !(request.form["code"] ?? "").allSatisfy(\.isWhitespace) else { return .missing }
        log(.badCode, flow)
        return .wrong
    }
}
