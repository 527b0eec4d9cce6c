import Hypertext

/// Creating an account.
struct SignUpForm: AdvisingForm {
    enum Field: String, CaseIterable, Sendable {
        case email, name
        case newPassword = "new-password"
        case form
    }
    enum Kind: String, CaseIterable, Sendable {
        case emailMissing = "email-missing"
        case emailMalformed = "email-malformed"
        case singleSignOn = "single-sign-on"
        case nameMissing = "name-missing"
        case nameTooLong = "name-too-long"
        case passwordMissing = "password-missing"
        case passwordTooShort = "password-too-short"
        case passwordTooLong = "password-too-long"
        case passwordGuessable = "password-guessable"
        case passwordBreached = "password-breached"
    }

    static let name = "sign-up"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .text("name") { $0.personName },
            .flag("asks-name") { $0.asksName },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ] + adviceSlots
    var frame = Frame()
    var email = ""
    var personName = ""
    var asksName: Bool
    var problems: [Problem<Field, Kind>] = []
    var advice: PasswordAdvice
}

/// What may be wrong with a code that was typed out of a message.
enum CodeField: String, CaseIterable, Sendable { case code, form }
enum CodeProblem: String, CaseIterable, Sendable {
    case missing = "code-missing"
    case wrong = "code-wrong"
    case expired = "code-expired"
}

/// Look for our message; or type its code here.
struct SignUpSentForm: AccountForm {
    static let name = "sign-up-sent"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .list("problems", of: Problem<CodeField, CodeProblem>.self) { $0.problems },
        ]
    var frame = Frame()
    var email: String
    var problems: [Problem<CodeField, CodeProblem>] = []
}

/// The button behind the link that proves an address.
struct VerifyForm: AccountForm {
    static let name = "verify"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .flag("same-browser") { $0.isSameBrowser },
            .text("token") { $0.token },
        ]
    var frame = Frame()
    var email: String
    var isSameBrowser: Bool
    var token: String
}
