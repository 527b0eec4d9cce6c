import Hypertext

/// Moving the account to another address.
struct AddressForm: PasswordAskingForm {
    enum Field: String, PasswordField {
        case newEmail = "new-email"
        case password, form
    }
    enum Kind: String, PasswordKind {
        case emailMissing = "email-missing"
        case emailMalformed = "email-malformed"
        case emailSame = "email-same"
        case passwordMissing = "password-missing"
        case passwordWrong = "password-wrong"
        case throttled
    }

    static let name = "address"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .text("new-email") { $0.newEmail },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email: String
    var newEmail = ""
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// Look for our message at the new address; or type its code here.
struct AddressSentForm: AccountForm {
    static let name = "address-sent"
    static let slots =
        frameSlots + [
            .text("new-email") { $0.newEmail },
            .list("problems", of: Problem<CodeField, CodeProblem>.self) { $0.problems },
        ]
    var frame = Frame()
    var newEmail: String
    var problems: [Problem<CodeField, CodeProblem>] = []
}

/// The button behind the link that proves the new address.
struct AddressConfirmForm: AccountForm {
    static let name = "address-confirm"
    static let slots =
        frameSlots + [
            .text("new-email") { $0.newEmail },
            .text("token") { $0.token },
        ]
    var frame = Frame()
    var newEmail: String
    var token: String
}
