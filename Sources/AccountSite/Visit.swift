import Accounts
import Cryptography
import HTTP
import Hypertext

/// One request, and what is known of who makes it.
struct Visit {
    let request: Request
    let world: World
    let now: Timestamp
    /// In which language pages are shown.
    let language: ReadingLanguage
    let browser: Browser
    /// Whether the browser brought its cookie, and so keeps cookies at all.
    let isBrowserKnown: Bool
    /// Who is signed in.
    let member: Member?
    /// Whether the form that was sent had been open for too long.
    var isStale = false
    /// The password of which the form has warned that was sent.
    var warned: WarnedPassword?

    /// Finds out who makes a request; an account's file is read where there is a session.
    init(_ request: Request, in world: World) throws {
        self.request = request
        self.world = world
        now = world.now()
        language = world.language(of: request)
        let known = Browser(request.cookies, in: world)
        browser = known ?? Browser(randomBytes: world.randomBytes)
        isBrowserKnown = known != nil
        member = try Member(request, in: world)
        try rememberLanguage()
    }

    /// Notes in the account of a member in which language they chose to read, so that they are
    /// written to in it.
    ///
    /// That is no secret and can be chosen again, so a `GET` may do it; but not a link elsewhere.
    private func rememberLanguage() throws {
        guard language.isChosen, comesFromOwnPage, let member,
            member.account.language?.text != language.tag
        else { return }
        _ = try world.store.update(member.account.id) { $0.language = language.kept }
    }

    /// Whether the browser says that a page of ours led here; one that says nothing is believed.
    private var comesFromOwnPage: Bool {
        request.fetchSite == nil || request.fetchSite == "same-origin"
    }

    /// The address that the web server in front has found out, if the site asks for it at all.
    static func remoteIdentity(_ request: Request, in world: World) -> EmailAddress? {
        guard world.configuration.secondFactors.singleSignOn.isOn else { return nil }
        return request.authenticatedUser.flatMap(EmailAddress.init)
    }

    /// The network and browser, in the words that an account remembers.
    var visitor: Visitor {
        Visitor(
            network: request.remoteAddress.network, browser: BrowserName.of(request.userAgent))
    }

    /// Writes a line about an attempt into the log.
    func log(
        _ result: LogEntry.Result, _ flow: LogEntry.Flow, account: AccountID? = nil,
        user: String = ""
    ) {
        let attempt = LogEntry.Authentication(
            result, in: flow, from: request.remoteAddress.description, account: account, user: user)
        world.log(LogEntry(.authentication(attempt), at: now))
    }
}

// MARK: - Answers

extension Visit {
    /// Answers with a page.
    func page<Form: AccountForm>(_ form: Form, _ status: Status = .ok) throws -> Response {
        var form = form
        form.frame = Frame(
            formToken: FormToken(
                for: browser, account: member?.account.id, warned: form.warned, in: world
            ).sealed(in: world),
            isSignedIn: member != nil, isStale: isStale, here: here)
        let response = try world.page(
            form, in: language.tag, isStale ? .unprocessableContent : status)
        guard !isBrowserKnown, let cookie = browser.setCookie(in: world) else { return response }
        return response.setting(cookie: cookie)
    }

    /// The address of this page, with the field of another language at its end.
    private var here: String {
        let kept = Self.keptFields.compactMap { name in
            request.query[name].map { "\(name)=\(PercentEncoding.encode($0))&" }
        }
        let path = ReturnPath(request.path) ?? .account
        return "\(path.text)?\(kept.joined())\(ReadingLanguage.field)="
    }

    /// The fields of a query with which a page is the same in another language.
    private static let keptFields = ["next", "token", "factor", "notice", "since", "ended"]

    /// Answers a form with the same page again and what is wrong with it (422).
    func again<Form: AccountForm>(_ form: Form) throws -> Reply {
        .refused(try page(form, .unprocessableContent))
    }

    /// Answers a form that it is too early, and when it is not (429).
    func throttled<Form: ThrottledForm>(_ form: Form, until moment: Timestamp) throws -> Reply {
        var form = form
        form.wait = WaitPhrase(moment - now)
        form.problems = [Problem(.form, .throttled)]
        return .refused(
            try page(form, .tooManyRequests)
                .setting(.retryAfter, to: FieldValue(Int(max(1, moment - now)))))
    }

    /// Sends somebody who is not signed in to sign in, and back here afterwards.
    var signInFirst: Response {
        let back = ReturnPath(request.path) ?? .account
        return Redirection(to: .signIn, "notice=please-sign-in&next=\(back.queryValue)").response
    }

    /// A notice that a redirection put into the query.
    ///
    /// It counts only where the browser says that our own page led here, so that nobody can make the
    /// site say something by a link.
    func notice<Notice: RawRepresentable<String>>(_ type: Notice.Type) -> Notice? {
        guard comesFromOwnPage else { return nil }
        return request.query["notice"].flatMap(Notice.init(rawValue:))
    }
}
