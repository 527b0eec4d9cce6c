import Hypertext

/// Changing the password of one's own account.
struct PasswordForm: AdvisingForm, ThrottledForm {
    enum Field: String, FormField {
        case currentPassword = "current-password"
        case newPassword = "new-password"
        case form
    }
    enum Kind: String, ThrottledKind {
        case currentMissing = "current-missing"
        case currentWrong = "current-wrong"
        case passwordMissing = "password-missing"
        case passwordTooShort = "password-too-short"
        case passwordTooLong = "password-too-long"
        case passwordGuessable = "password-guessable"
        case passwordBreached = "password-breached"
        case passwordSame = "password-same"
        case throttled
    }

    static let name = "password"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ] + adviceSlots
    var frame = Frame()
    var email: String
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
    var advice: PasswordAdvice
}

/// Asking for a link to choose a new password.
struct ResetForm: AccountForm {
    enum Field: String, CaseIterable, Sendable { case email, form }
    enum Kind: String, CaseIterable, Sendable {
        case emailMissing = "email-missing"
        case emailMalformed = "email-malformed"
        case singleSignOn = "single-sign-on"
    }

    static let name = "reset"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email = ""
    var problems: [Problem<Field, Kind>] = []
}

/// Look for our message; the same for every address (S28).
struct ResetSentForm: AccountForm {
    static let name = "reset-sent"
    static let slots = frameSlots + [.text("email") { $0.email }]
    var frame = Frame()
    var email: String
}

/// Choosing a new password behind the mailed link.
struct ResetNewForm: AdvisingForm {
    enum Field: String, CaseIterable, Sendable {
        case newPassword = "new-password"
        case form
    }
    enum Kind: String, CaseIterable, Sendable {
        case passwordMissing = "password-missing"
        case passwordTooShort = "password-too-short"
        case passwordTooLong = "password-too-long"
        case passwordGuessable = "password-guessable"
        case passwordBreached = "password-breached"
        case passwordSame = "password-same"
    }

    static let name = "reset-new"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .flag("first") { $0.isFirst },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ] + adviceSlots
    var frame = Frame()
    var email: String
    /// Whether the account has no password yet.
    var isFirst: Bool
    var problems: [Problem<Field, Kind>] = []
    var advice: PasswordAdvice
}
