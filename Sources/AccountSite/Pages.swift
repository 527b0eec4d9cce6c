import Accounts
import Cryptography
import HTTP
package import Hypertext

/// The pages of the program.
package enum Pages {
    /// What every page of the program shows, for whoever compiles the templates.
    package static let forms: [Schema] = [
        Schema(of: SignUpForm.self), Schema(of: SignUpSentForm.self), Schema(of: VerifyForm.self),
        Schema(of: SignInForm.self), Schema(of: OverviewForm.self), Schema(of: SessionsForm.self),
        Schema(of: PasswordForm.self), Schema(of: AttentionForm.self), Schema(of: ResetForm.self),
        Schema(of: ResetSentForm.self),
        Schema(of: ResetNewForm.self), Schema(of: AddressForm.self),
        Schema(of: AddressSentForm.self), Schema(of: AddressConfirmForm.self),
        Schema(of: CloseForm.self), Schema(of: ClosedForm.self), Schema(of: NotMeForm.self),
        Schema(of: NotMeDoneForm.self), Schema(of: LinkDeadForm.self),
        Schema(of: NoCookiesForm.self), Schema(of: CrossSiteForm.self),
        Schema(of: NotFoundForm.self), Schema(of: MethodNotAllowedForm.self),
        Schema(of: TooLargeForm.self), Schema(of: BadRequestForm.self),
        Schema(of: SecondFactorForm.self), Schema(of: FactorStartForm.self),
        Schema(of: EnrolAppForm.self), Schema(of: EnrolPhoneForm.self),
        Schema(of: RecoveryCodesForm.self), Schema(of: RemoveFactorForm.self),
        Schema(of: ConfirmForm.self), Schema(of: SingleSignOnForm.self),
        Schema(of: GateForm.self),
        Schema(of: FailureForm.self), Schema(of: BusyForm.self), Schema(of: TooManyForm.self),
    ]

    /// What every message says.
    package static let mails: [Schema] = [
        Schema(of: VerifyMail.self), Schema(of: InvitationMail.self),
        Schema(of: AlreadyRegisteredMail.self),
        Schema(of: ResetMail.self), Schema(of: NoAccountMail.self),
        Schema(of: AddressChangedMail.self), Schema(of: AddressConfirmMail.self),
        Schema(of: AddressTakenMail.self), Schema(of: ClosedMail.self), Schema(of: NotMeMail.self),
        Schema(of: SecurityMail.self), Schema(of: PasswordKnownMail.self),
        Schema(of: ResetRequiredMail.self), Schema(of: OperatorMail.self),
    ]

    /// What is said in plain text alone.
    package static let messages: [Schema] = [
        Schema(of: CodeMessage.self), Schema(of: RecoveryCodesFile.self),
        Schema(of: DayPhrase.self), Schema(of: MomentPhrase.self), Schema(of: WaitPhrase.self),
        Schema(of: BrowserPhrase.self),
    ]

    /// Everything that is filled, for whoever compiles the templates.
    package static var schemas: [Schema] { forms + mails + messages }

    /// What belongs into the body of a form, and in a query would end in histories and logs (A25).
    private static let secretFields = ["password", "current-password", "new-password", "code"]

    /// Answers a request.
    ///
    /// - Throws: What kept the page from being made.
    static func respond(to request: Request, in world: World) throws -> Response {
        let route = Route(path: request.path)
        if route == .check { return try GateCheck.answer(request, in: world) }
        let visit = try Visit(request, in: world)
        let response = try answer(visit, at: route)
        return visit.language.cookie.map { response.setting(cookie: $0) } ?? response
    }

    private static func answer(_ visit: Visit, at route: Route?) throws -> Response {
        let request = visit.request
        guard let route, let page = route.page else {
            return visit.world.configuration.privateFiles != nil && !Route.isMounted(request.path)
                ? try PrivateFilesPage.answer(visit) : try visit.page(NotFoundForm(), .notFound)
        }
        guard !secretFields.contains(where: { request.query[$0] != nil }) else {
            return try visit.page(BadRequestForm(), .badRequest)
        }
        guard page.methods.contains(request.method) else {
            return try visit.page(MethodNotAllowedForm(), .methodNotAllowed)
                .setting(.allow, to: FieldValue(methods: page.methods))
        }
        if visit.member?.mustEnrol(in: visit.world) == true, !route.isOpenBeforeEnrolment {
            return Redirection(to: .factorStart).response
        }
        if visit.member?.isSignedOnElsewhere == true, route.isOfPasswordsAndFactors {
            return Redirection(to: .account).response
        }
        return request.method == .post
            ? try send(to: page, at: route, visit) : try page.get(visit)
    }

    /// Lets a page do what a form asks, once it is known to be our form from this browser.
    private static func send(
        to page: any Page, at route: Route, _ visit: Visit
    ) throws -> Response {
        switch FormCheck(visit) {
        case .foreign:
            visit.log(.csrf, route.flow)
            return try visit.page(CrossSiteForm(), .forbidden)
        case .noCookies:
            return try visit.page(NoCookiesForm(), .forbidden)
        case .stale:
            var visit = visit
            visit.isStale = true
            return try page.stale(visit)
        case .ours(let token):
            var visit = visit
            visit.warned = token.warned
            // Whoever wants another language has pressed no other button yet.
            guard visit.request.form[ReadingLanguage.field] == nil else {
                return try page.stale(visit)
            }
            return try perform(page, token, visit)
        }
    }

    /// Performs a form once; the same form sent again gets the same answer (P13).
    private static func perform(
        _ page: any Page, _ token: FormToken, _ visit: Visit
    ) throws -> Response {
        var refusal: Response?
        let form = visit.browser.formID(token, at: visit.request.path, fields: visit.request.form)
        let outcome = try visit.world.store.once(form, at: visit.now) {
            switch try page.post(visit) {
            case .done(let redirection): return redirection.record
            case .refused(let response):
                refusal = response
                return nil
            }
        }
        if let refusal { return refusal }
        guard let redirection = outcome.flatMap({ Redirection(record: $0.bytes) }) else {
            throw StoreError.damaged("the kept answer to a form cannot be read")
        }
        return redirection.response
    }
}

extension Route {
    /// The form's name in the log; only asking again for the mail of a sign-up has none of its own.
    fileprivate var flow: LogEntry.Flow { LogEntry.Flow(rawValue: rawValue) ?? .signUp }
}
