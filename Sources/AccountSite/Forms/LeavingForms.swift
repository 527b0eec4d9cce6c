import Accounts
import Hypertext

/// Closing the account for good.
struct CloseForm: PasswordAskingForm {
    enum Field: String, PasswordField { case password, form }
    enum Kind: String, PasswordKind {
        case passwordMissing = "password-missing"
        case passwordWrong = "password-wrong"
        case throttled
    }

    static let name = "close"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .flag("single-sign-on") { $0.isSignedOnElsewhere },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email: String
    var isSignedOnElsewhere: Bool
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// The account is closed.
struct ClosedForm: AccountForm {
    static let name = "closed"
    static let slots = frameSlots
    var frame = Frame()
}

/// The button behind "this was not me".
struct NotMeForm: AccountForm {
    static let name = "not-me"
    static let slots =
        frameSlots + [
            .choice("what", of: Confirmation.Change.self) { $0.what },
            .text("token") { $0.token },
        ]
    var frame = Frame()
    var what: Confirmation.Change
    var token: String
}

/// Every session is over, and a link to a new password is on its way.
struct NotMeDoneForm: AccountForm {
    static let name = "not-me-done"
    static let slots = frameSlots + [.text("email") { $0.email }]
    var frame = Frame()
    var email: String
}
