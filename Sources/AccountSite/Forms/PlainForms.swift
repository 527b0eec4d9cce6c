import Hypertext

// Pages that say one thing.

/// The browser did not send our cookie back (P15).
struct NoCookiesForm: AccountForm {
    static let name = "no-cookies"
    static let slots = frameSlots
    var frame = Frame()
}

/// The form came from another site, or was made for somebody else (S51, A51).
struct CrossSiteForm: AccountForm {
    static let name = "cross-site"
    static let slots = frameSlots
    var frame = Frame()
}

/// There is no such page.
struct NotFoundForm: AccountForm {
    static let name = "not-found"
    static let slots = frameSlots
    var frame = Frame()
}

/// The page does not answer that method.
struct MethodNotAllowedForm: AccountForm {
    static let name = "method-not-allowed"
    static let slots = frameSlots
    var frame = Frame()
}

/// More was sent than any form of ours holds.
struct TooLargeForm: AccountForm {
    static let name = "too-large"
    static let slots = frameSlots
    var frame = Frame()
}

/// The request is not one that a browser makes.
struct BadRequestForm: AccountForm {
    static let name = "bad-request"
    static let slots = frameSlots
    var frame = Frame()
}

/// Something went wrong here; nothing internal is shown (S64).
struct FailureForm: AccountForm {
    static let name = "failure"
    static let slots = frameSlots
    var frame = Frame()
}

/// There is no room to hash another password (P23).
struct BusyForm: AccountForm {
    static let name = "busy"
    static let slots = frameSlots + [.message("wait") { $0.wait }]
    var frame = Frame()
    var wait: WaitPhrase
}

/// Too much was asked for from one network.
struct TooManyForm: AccountForm {
    static let name = "too-many"
    static let slots = frameSlots + [.message("wait") { $0.wait }]
    var frame = Frame()
    var wait: WaitPhrase
}

/// A mailed link that no longer works, and what to do instead (P13).
struct LinkDeadForm: AccountForm {
    enum Reason: String, CaseIterable, Sendable { case used, expired, wrong }
    enum Purpose: String, CaseIterable, Sendable {
        case verify, reset, address
        case notMe = "not-me"
    }

    static let name = "link-dead"
    static let slots =
        frameSlots + [
            .choice("reason", of: Reason.self) { $0.reason },
            .choice("purpose", of: Purpose.self) { $0.purpose },
        ]
    var frame = Frame()
    var reason: Reason
    var purpose: Purpose
}
