import Accounts
import Cryptography
import HTTP
import Hypertext

// Asking the owner of a mailbox, and hearing the answer.

/// The two ways in which a message lets its reader say yes.
struct MailedSecrets {
    let link: MailedToken
    let code: ShortCode

    init(for key: ConfirmationKey, in world: World) {
        link = MailedToken(key, secret: world.randomBytes(MailedToken.secretByteCount))
        code = ShortCode(randomBytes: world.randomBytes(ShortCode.byteCount))
    }

    /// What is kept of the link.
    var linkTag: AuthenticationTag { MailedToken.tag(of: link.secret) }

    /// What is kept of the code; the address goes into it, so that no table of codes helps.
    var codeTag: AuthenticationTag { Self.tag(of: code, for: link.key) }

    static func tag(of code: ShortCode, for key: ConfirmationKey) -> AuthenticationTag {
        AuthenticationKey(key.addressTag).tag(
            of: Array("code".utf8), Array(key.purpose.rawValue.utf8), code.bytes)
    }

    /// The address of the link.
    func url(_ route: Route, in world: World) -> String {
        world.configuration.siteURL.url(
            route.path, query: [(name: "token", value: link.sealed(in: world))])
    }
}

extension MailedProof {
    /// Says where the link leads, and for how long it and the code are good.
    init(_ secrets: MailedSecrets, at route: Route, in world: World) {
        self.init(
            link: secrets.url(route, in: world), code: secrets.code.displayed,
            hours: Int(secrets.link.key.purpose.lifetime / Duration.hour))
    }
}

extension Addressee {
    /// The owner of an account.
    init(_ account: Account) {
        self.init(
            name: account.name.text, email: account.email.text, language: account.language)
    }
}

extension Visit {
    /// Counts a message to an address, as one that this visit's network caused.
    ///
    /// - Returns: Whether it may be sent. If not, the answer to the visitor is the same (A9).
    /// - Throws: `TooManyMessages` if the network has caused a great many of late (S59).
    func mayMail(_ address: EmailAddress) throws -> Bool {
        try countMessage()
        return try mayMailTo(address)
    }

    /// Counts a message that this visit's network causes.
    ///
    /// - Throws: `TooManyMessages` if the network has caused a great many of late (S59).
    func countMessage() throws {
        if let until = try begin([.mailNetwork(visitor.network)]) {
            throw TooManyMessages(until: until)
        }
    }

    /// Counts a message to an address alone.
    ///
    /// - Returns: Whether it may be sent.
    func mayMailTo(_ address: EmailAddress) throws -> Bool {
        try begin([.mail(address.canonical)]) == nil
    }

    /// Counts an attempt against throttles.
    ///
    /// - Returns: nil if it may go on, and otherwise when the next one may.
    func begin(_ keys: [ThrottleKey]) throws -> Timestamp? {
        try world.store.updateThrottles(keys) { Attempt.begin(keys, &$0, at: now) }
    }

    /// The proof that a form brings: the token of a link, or a code typed in the browser that asked.
    ///
    /// - Parameters:
    ///   - purpose: What the proof is for.
    ///   - other: What else a link may be for.
    /// - Returns: nil if it brings neither in a form that could be right.
    func proof(
        for purpose: Confirmation.Purpose, orLinkFor other: Confirmation.Purpose? = nil
    ) -> (key: ConfirmationKey, ConfirmationProof)? {
        if let text = request.form["token"] {
            return token(text, for: purpose, or: other).map {
                ($0.key, .link(MailedToken.tag(of: $0.secret)))
            }
        }
        guard let flow = FlowCookie(request.cookies, for: purpose, in: world) else { return nil }
        let code = ShortCode(typed: request.form["code"] ?? "")
        return (flow.key, .code(code.map { MailedSecrets.tag(of: $0, for: flow.key) }))
    }

    /// Answers a link that is no longer good, and logs it.
    func deadLink(
        _ refusal: Confirmation.Refusal, _ purpose: LinkDeadForm.Purpose
    ) throws -> Response {
        let reason: LinkDeadForm.Reason =
            switch refusal {
            case .wrong: .wrong
            case .expired: .expired
            case .used: .used
            }
        if refusal != .used { log(.badLink, purpose.flow) }
        return try page(
            LinkDeadForm(reason: reason, purpose: purpose),
            refusal == .used ? .ok : .unprocessableContent)
    }

    /// What a mailed link of a `GET` is about, if it is still good.
    func followed(
        _ purpose: Confirmation.Purpose, or other: Confirmation.Purpose? = nil
    ) throws -> Result<(MailedToken, Confirmation), LinkRefusal> {
        try opened(token(request.query["token"] ?? "", for: purpose, or: other))
    }

    private func token(
        _ text: String, for purpose: Confirmation.Purpose, or other: Confirmation.Purpose?
    ) -> MailedToken? {
        MailedToken(text, for: purpose, in: world)
            ?? other.flatMap { MailedToken(text, for: $0, in: world) }
    }

    /// What a mailed link is about, if it is still good.
    func opened(
        _ token: MailedToken?
    ) throws -> Result<(MailedToken, Confirmation), LinkRefusal> {
        guard let token, let confirmation = try world.store.confirmation(token.key) else {
            return .failure(LinkRefusal(.wrong))
        }
        let proof = ConfirmationProof.link(MailedToken.tag(of: token.secret))
        if let refusal = confirmation.refusal(of: proof, at: now) {
            return .failure(LinkRefusal(refusal))
        }
        return .success((token, confirmation))
    }
}

extension LinkDeadForm.Purpose {
    /// The form at which such a link is used.
    fileprivate var flow: LogEntry.Flow {
        switch self {
        case .verify: .verify
        case .reset: .resetNew
        case .address: .addressConfirm
        case .notMe: .notMe
        }
    }
}

/// A network has caused so many messages that no more are written for it until a moment.
struct TooManyMessages: Error {
    let until: Timestamp
}

/// Why a link leads nowhere.
struct LinkRefusal: Error {
    let refusal: Confirmation.Refusal

    init(_ refusal: Confirmation.Refusal) {
        self.refusal = refusal
    }
}
