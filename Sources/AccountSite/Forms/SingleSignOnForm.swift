import Hypertext

/// The button by which somebody whom the web server in front has recognised gets an account.
struct SingleSignOnForm: AccountForm {
    static let name = "single-sign-on"
    static let slots = frameSlots + [.text("email") { $0.email }]
    var frame = Frame()
    var email: String
}
