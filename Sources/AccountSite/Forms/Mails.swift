import Hypertext

// The messages that the program sends. All of them speak to a person by name, where it is known, and
// say which address they are about.

/// Proves the address of a new account.
struct VerifyMail: FormTemplate {
    static let name = "verify-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
        .url("link") { $0.link }, .text("code") { $0.code }, .text("hours") { $0.hours },
    ]
    var personName: String
    var email: String
    var link: String
    var code: String
    var hours: String
}

/// Somebody signed up with an address that has an account.
struct AlreadyRegisteredMail: FormTemplate {
    static let name = "already-registered-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
        .url("sign-in") { $0.signIn }, .url("reset") { $0.reset },
    ]
    var personName: String
    var email: String
    var signIn: String
    var reset: String
}

/// The link to a new password.
struct ResetMail: FormTemplate {
    static let name = "reset-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
        .url("link") { $0.link }, .text("minutes") { $0.minutes },
    ]
    var personName: String
    var email: String
    var link: String
    var minutes: String
}

/// Somebody asked to reset the password of an address that has no account.
struct NoAccountMail: FormTemplate {
    static let name = "no-account-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { _ in "" }, .text("email") { $0.email }, .url("sign-up") { $0.signUp },
    ]
    var email: String
    var signUp: String
}

/// Something about the account was changed (S35).
struct ChangeNotice: Sendable {
    var personName: String
    var email: String
    var when: String
    var browser: String
    var place: String
    var notMe: String
}

/// A mail that tells of a change and how to undo it.
protocol ChangeMail: FormTemplate {
    var notice: ChangeNotice { get }
}

extension ChangeMail {
    static var noticeSlots: [Slot<Self>] {
        [
            .text("name") { $0.notice.personName }, .text("email") { $0.notice.email },
            .text("when") { $0.notice.when }, .text("browser") { $0.notice.browser },
            .text("place") { $0.notice.place }, .url("not-me") { $0.notice.notMe },
        ]
    }
}

/// The password was changed.
struct PasswordChangedMail: ChangeMail {
    static let name = "password-changed-mail"
    static let slots = noticeSlots
    var notice: ChangeNotice
}

/// The password was reset by a mailed link.
struct PasswordResetMail: ChangeMail {
    static let name = "password-reset-mail"
    static let slots = noticeSlots
    var notice: ChangeNotice
}

/// The account was moved to another address; this goes to the old one.
struct AddressChangedMail: ChangeMail {
    static let name = "address-changed-mail"
    static let slots = noticeSlots + [.text("new-email") { $0.newEmail }]
    var notice: ChangeNotice
    var newEmail: String
}

/// Proves the address to which an account is to move.
struct AddressConfirmMail: FormTemplate {
    static let name = "address-confirm-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
        .url("link") { $0.link }, .text("code") { $0.code }, .text("hours") { $0.hours },
    ]
    var personName: String
    var email: String
    var link: String
    var code: String
    var hours: String
}

/// Somebody asked to move an account to an address that has one.
struct AddressTakenMail: FormTemplate {
    static let name = "address-taken-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
    ]
    var personName: String
    var email: String
}

/// The account was closed.
struct ClosedMail: FormTemplate {
    static let name = "closed-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email }, .text("when") { $0.when },
    ]
    var personName: String
    var email: String
    var when: String
}

/// Every session is over because the person said that a change was not theirs.
struct NotMeMail: FormTemplate {
    static let name = "not-me-mail"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.personName }, .text("email") { $0.email },
        .url("reset") { $0.reset },
    ]
    var personName: String
    var email: String
    var reset: String
}
