/// The pages of the program, by the names under which templates link to them.
package enum Route: String, CaseIterable, Sendable {
    case account
    case signUp = "sign-up"
    case signUpResend = "sign-up-resend"
    case verify
    case signIn = "sign-in"
    case signOut = "sign-out"
    case password
    case attention
    case reset
    case resetSent = "reset-sent"
    case resetNew = "reset-new"
    case address
    case addressConfirm = "address-confirm"
    case sessions
    case close
    case closed
    case notMe = "not-me"
    case notMeDone = "not-me-done"
    case secondFactor = "second-factor"
    case secondFactorText = "second-factor-text"
    case factorStart = "factor-start"
    case enrolApp = "enrol-app"
    case enrolPhone = "enrol-phone"
    case recoveryCodes = "recovery-codes"
    case recoveryCodesFile = "recovery-codes-file"
    case removeFactor = "remove-factor"
    case dismissAdvice = "dismiss-advice"
    case confirm
    case check
    case gate

    /// The path of the page, below the site's root.
    package var path: String {
        switch self {
        case .account: "/account/"
        case .signUpResend: "/account/sign-up/resend"
        case .resetSent: "/account/reset/sent"
        case .resetNew: "/account/reset/new"
        case .addressConfirm: "/account/address/confirm"
        case .notMeDone: "/account/not-me/done"
        case .secondFactorText: "/account/second-factor/text"
        case .factorStart: "/account/second-factor/start"
        case .enrolApp: "/account/second-factor/totp"
        case .enrolPhone: "/account/second-factor/sms"
        case .recoveryCodes: "/account/second-factor/recovery-codes"
        case .recoveryCodesFile: "/account/second-factor/recovery-codes.txt"
        case .removeFactor: "/account/second-factor/remove"
        case .dismissAdvice: "/account/second-factor/dismiss"
        case .signUp, .verify, .signIn, .signOut, .password, .attention, .reset, .address,
            .sessions,
            .close,
            .closed, .notMe, .check, .gate, .secondFactor, .confirm:
            "/account/\(rawValue)"
        }
    }

    /// The paths of all pages by the names of their routes, for whoever compiles the templates.
    package static var paths: [String: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.path) })
    }

    private static let byPath = Dictionary(uniqueKeysWithValues: allCases.map { ($0.path, $0) })

    /// Finds the page at a path.
    package init?(path: String) {
        // The mount point is often asked for without its slash.
        guard
            Self.isMounted(path),
            let route = Self.byPath[path == "/account" ? "/account/" : path]
        else { return nil }
        self = route
    }

    /// Whether a path belongs to the program, be there a page or not.
    static func isMounted(_ path: String) -> Bool {
        path == "/account" || path.utf8.starts(with: account.path.utf8)
    }

    /// What answers at the route; nothing where the web server asks, which is no page.
    var page: (any Page)? {
        switch self {
        case .account: OverviewPage()
        case .signUp: SignUpPage()
        case .signUpResend: ResendPage()
        case .verify: VerifyPage()
        case .signIn: SignInPage()
        case .signOut: SignOutPage()
        case .password: PasswordPage()
        case .attention: AttentionPage()
        case .reset: ResetPage()
        case .resetSent: ResetSentPage()
        case .resetNew: ResetNewPage()
        case .address: AddressPage()
        case .addressConfirm: AddressConfirmPage()
        case .sessions: SessionsPage()
        case .close: ClosePage()
        case .closed: ClosedPage()
        case .notMe: NotMePage()
        case .notMeDone: NotMeDonePage()
        case .check: nil
        case .gate: GatePage()
        case .secondFactor: SecondFactorPage()
        case .secondFactorText: SecondFactorTextPage()
        case .factorStart: FactorStartPage()
        case .enrolApp: EnrolAppPage()
        case .enrolPhone: EnrolPhonePage()
        case .recoveryCodes: RecoveryCodesPage()
        case .recoveryCodesFile: RecoveryCodesFilePage()
        case .removeFactor: RemoveFactorPage()
        case .dismissAdvice: DismissAdvicePage()
        case .confirm: ConfirmPage()
        }
    }

    /// Whether somebody gets there who must have a second factor first.
    var isOpenBeforeEnrolment: Bool {
        switch self {
        case .factorStart, .enrolApp, .enrolPhone, .recoveryCodes, .recoveryCodesFile, .confirm,
            .secondFactorText, .attention, .signOut, .notMe, .notMeDone, .closed, .gate:
            true
        default: false
        }
    }

    /// Whether it is about what is not looked after here for somebody whom the web server in front has
    /// recognised (A67).
    var isOfPasswordsAndFactors: Bool {
        switch self {
        case .password, .address, .sessions, .secondFactor, .secondFactorText, .factorStart,
            .enrolApp, .enrolPhone, .recoveryCodes, .recoveryCodesFile, .removeFactor,
            .dismissAdvice, .confirm:
            true
        default: false
        }
    }
}
