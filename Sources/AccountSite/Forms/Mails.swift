import Accounts
import Hypertext

// The messages that the program sends.

/// A message to a person, whom it calls by name, where that is known, and about whose address it is.
protocol PersonalMail: FormTemplate {
    var person: Addressee { get }
}

/// To whom a message speaks, and in which language.
struct Addressee: Sendable {
    var name = ""
    var email: String
    /// The person's own language; nil where it is not known.
    var language: LanguageTag?
}

extension PersonalMail {
    /// The slots of the person, which come first in every message's schema.
    static var personSlots: [Slot<Self>] {
        [.text("name") { $0.person.name }, .text("email") { $0.person.email }]
    }
}

// MARK: - Proving an address

/// A message whose reader proves an address, by its link or by its code.
protocol ProvingMail: PersonalMail {
    var proof: MailedProof { get }
}

/// The two ways in which a message lets its reader say yes, and for how long.
struct MailedProof: Sendable {
    var link: String
    var code: String
    var hours: Int
}

extension ProvingMail {
    static var proofSlots: [Slot<Self>] {
        personSlots + [
            .url("link") { $0.proof.link }, .text("code") { $0.proof.code },
            .count("hours") { $0.proof.hours },
        ]
    }
}

/// Proves the address of a new account.
struct VerifyMail: ProvingMail {
    static let name = "verify-mail"
    static let slots = proofSlots
    var person: Addressee
    var proof: MailedProof
}

/// The operator invites somebody, who proves the address by following the link.
struct InvitationMail: PersonalMail {
    static let name = "invitation-mail"
    static let slots = personSlots + [.url("link") { $0.link }, .count("days") { $0.days }]
    var person: Addressee
    var link: String
    var days: Int
}

/// Proves the address to which an account is to move.
struct AddressConfirmMail: ProvingMail {
    static let name = "address-confirm-mail"
    static let slots = proofSlots
    var person: Addressee
    var proof: MailedProof
}

/// Somebody signed up with an address that has an account.
struct AlreadyRegisteredMail: PersonalMail {
    static let name = "already-registered-mail"
    static let slots =
        personSlots + [.url("sign-in") { $0.signIn }, .url("reset") { $0.reset }]
    var person: Addressee
    var signIn: String
    var reset: String
}

/// Somebody asked to move an account to an address that has one.
struct AddressTakenMail: PersonalMail {
    static let name = "address-taken-mail"
    static let slots = personSlots
    var person: Addressee
}

// MARK: - A new password

/// The link to a new password.
struct ResetMail: PersonalMail {
    static let name = "reset-mail"
    static let slots =
        personSlots + [.url("link") { $0.link }, .count("minutes") { $0.minutes }]
    var person: Addressee
    var link: String
    var minutes: Int
}

/// Somebody asked to reset the password of an address that has no account.
struct NoAccountMail: PersonalMail {
    static let name = "no-account-mail"
    static let slots = personSlots + [.url("sign-up") { $0.signUp }]
    var person: Addressee
    var signUp: String
}

/// Every session is over because the person said that a change was not theirs.
struct NotMeMail: PersonalMail {
    static let name = "not-me-mail"
    static let slots = personSlots + [.url("reset") { $0.reset }]
    var person: Addressee
    var reset: String
}

// MARK: - Notices

/// A message that tells of a change and how to take it back (S35).
protocol ChangeMail: PersonalMail {
    var notice: ChangeNotice { get }
}

/// What was changed, when and from where.
struct ChangeNotice: Sendable {
    var person: Addressee
    var when: MomentPhrase
    var visitor: Visitor
    var notMe: String
}

extension ChangeMail {
    var person: Addressee { notice.person }

    static var noticeSlots: [Slot<Self>] {
        personSlots + [
            .message("when") { $0.notice.when },
            .message("browser") { BrowserPhrase($0.notice.visitor) },
            .text("place") { $0.notice.visitor.place }, .url("not-me") { $0.notice.notMe },
        ]
    }
}

/// The account was moved to another address; this goes to the old one.
struct AddressChangedMail: ChangeMail {
    static let name = "address-changed-mail"
    static let slots = noticeSlots + [.text("new-email") { $0.newEmail }]
    var notice: ChangeNotice
    var newEmail: String
}

/// Something about the security of the account was changed, or it was used from a new device.
struct SecurityMail: ChangeMail {
    static let name = "security-mail"
    static let slots = noticeSlots + [.choice("what", of: Confirmation.Change.self) { $0.what }]
    var notice: ChangeNotice
    var what: Confirmation.Change
}

/// Somebody gave the right password, and no second factor (S65).
///
/// The mails of other audiences have the same slots.
struct PasswordKnownMail: ChangeMail {
    static let name = "password-known-mail"
    static let slots = noticeSlots
    var notice: ChangeNotice
}

/// The password was taken away, because somebody who knew it guessed at the second factor.
struct ResetRequiredMail: PersonalMail {
    static let name = "reset-required-mail"
    static let slots =
        personSlots + [
            .message("when") { $0.when }, .message("browser") { BrowserPhrase($0.visitor) },
            .text("place") { $0.visitor.place }, .url("reset") { $0.reset },
        ]
    var person: Addressee
    var when: MomentPhrase
    var visitor: Visitor
    var reset: String
}

/// The same, for the operator's eyes.
struct OperatorMail: PersonalMail {
    static let name = "operator-mail"
    static let slots =
        personSlots + [
            .text("account") { $0.account }, .message("when") { $0.when },
            .message("browser") { BrowserPhrase($0.visitor) },
            .text("place") { $0.visitor.place },
        ]
    var person: Addressee
    var account: String
    var when: MomentPhrase
    var visitor: Visitor
}

/// The account was closed.
struct ClosedMail: PersonalMail {
    static let name = "closed-mail"
    static let slots = personSlots + [.message("when") { $0.when }]
    var person: Addressee
    var when: MomentPhrase
}
