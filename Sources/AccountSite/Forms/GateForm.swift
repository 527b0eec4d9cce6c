import Hypertext

/// Somebody may not have a page: why, and where they can go on.
struct GateForm: AccountForm {
    enum Reason: String, CaseIterable, Sendable {
        case signIn = "sign-in"
        case confirm, required, enrol, group, closed
    }

    static let name = "gate"
    static let slots =
        frameSlots + [
            .choice("reason", of: Reason.self) { $0.reason },
            .url("link") { $0.link },
            .text("email") { $0.email },
        ]
    var frame = Frame()
    var reason: Reason
    /// Where they can do what is missing.
    var link: String
    var email = ""

    /// Whether the page behind the link says enough by itself.
    var leadsOn: Bool { [.signIn, .confirm, .required].contains(reason) }
}
