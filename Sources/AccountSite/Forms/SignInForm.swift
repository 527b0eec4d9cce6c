import Hypertext

/// Signing in.
struct SignInForm: ThrottledForm {
    enum Notice: String, CaseIterable, Sendable {
        case none, verified, reset
        case signedOut = "signed-out"
        case pleaseSignIn = "please-sign-in"
        case resetRequired = "reset-required"
    }
    enum Field: String, FormField {
        case email
        case currentPassword = "current-password"
        case form
    }
    enum Kind: String, ThrottledKind {
        case emailMissing = "email-missing"
        case emailMalformed = "email-malformed"
        case passwordMissing = "password-missing"
        case wrong, throttled
        case singleSignOn = "single-sign-on"
    }

    static let name = "sign-in"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .text("next") { $0.next },
            .choice("notice", of: Notice.self) { $0.notice },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email = ""
    var next = ""
    var notice = Notice.none
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}
