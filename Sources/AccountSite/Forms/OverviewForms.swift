import Accounts
import Hypertext

/// What the account page says was just done.
enum OverviewNotice: String, CaseIterable, Sendable {
    case none
    case passwordChanged = "password-changed"
    case addressChanged = "address-changed"
    case sessionsEnded = "sessions-ended"
    case sessionEnded = "session-ended"
    case appAdded = "app-added"
    case appRemoved = "app-removed"
    case phoneAdded = "phone-added"
    case phoneRemoved = "phone-removed"
    case devicesForgotten = "devices-forgotten"
}

/// One browser in the list of where a person is signed in.
struct SessionRow: SlotRecord {
    static let slots: [Slot<Self>] = [
        .text("id") { $0.session.id.text },
        .message("browser") { BrowserPhrase($0.session.visitor) },
        .text("place") { $0.session.visitor.place },
        .message("since") { MomentPhrase($0.session.signedInAt, seenAt: $0.now) },
        .message("last-used") { MomentPhrase($0.session.usedAt, seenAt: $0.now) },
        .flag("current") { $0.isCurrent },
    ]
    let session: Session
    let isCurrent: Bool
    let now: Timestamp
}

/// One line of what happened lately; the same thing several times in a row is one line.
struct EventRow: SlotRecord {
    static let slots: [Slot<Self>] = [
        .message("when") { MomentPhrase($0.event.at, seenAt: $0.now) },
        .choice("what", of: Event.Kind.self) { $0.event.kind },
        .count("count") { $0.count > 1 ? $0.count : 0 },
        .message("browser") { BrowserPhrase($0.event.visitor) },
        .text("place") { $0.event.visitor.place },
    ]
    let event: Event
    var count = 1
    let now: Timestamp
}

/// A person's account and its security.
struct OverviewForm: AccountForm {
    static let name = "account"
    static let slots =
        frameSlots + [
            .text("name") { $0.account.name.text },
            .text("email") { $0.account.email.text },
            .message("password-changed") {
                MomentPhrase($0.account.passwordChangedAt, seenAt: $0.now)
            },
            .message("created") { DayPhrase($0.account.createdAt) },
            .choice("notice", of: OverviewNotice.self) { $0.notice },
            .count("ended") { $0.ended },
            .list("sessions", of: SessionRow.self) { $0.sessions },
            .flag("others") { $0.sessions.count > 1 },
            .list("events", of: EventRow.self) { $0.events },
            .list("factors", of: FactorRow.self) { $0.factors },
            .flag("texts") { $0.sendsTexts },
            .count("codes-left") { $0.account.factors.recoveryCodes.count },
            .flag("few-codes") {
                !$0.account.factors.isEmpty
                    && $0.account.factors.recoveryCodes.count < RecoveryCodesForm.few
            },
            .flag("advice") { $0.hasAdvice },
            .message("required-from") { $0.requiredFrom },
            .flag("single-sign-on") { $0.isSignedOnElsewhere },
        ]
    var frame = Frame()
    var account: Account
    var factors: [FactorRow]
    var sendsTexts: Bool
    /// Whether the page says that there are second factors.
    var hasAdvice: Bool
    /// The day from which on a second factor is required, if it is to come.
    var requiredFrom: DayPhrase?
    var isSignedOnElsewhere: Bool
    var now: Timestamp
    var notice: OverviewNotice
    var ended: Int
    var sessions: [SessionRow]
    var events: [EventRow]
}

/// Where a person is signed in.
struct SessionsForm: AccountForm {
    static let name = "sessions"
    static let slots =
        frameSlots + [
            .choice("notice", of: OverviewNotice.self) { $0.notice },
            .count("ended") { $0.ended },
            .list("sessions", of: SessionRow.self) { $0.sessions },
            .flag("others") { $0.sessions.count > 1 },
        ]
    var frame = Frame()
    var notice: OverviewNotice
    var ended: Int
    var sessions: [SessionRow]
}
