import Accounts
import Cryptography
import Hypertext
import QRCode

/// The challenge after the right password.
struct SecondFactorForm: ThrottledForm {
    /// What has just been done about a text message.
    enum Notice: String, CaseIterable, Sendable {
        case none, sent
        case notSent = "not-sent"
    }
    enum Field: String, FormField { case code, form }
    enum Kind: String, ThrottledKind {
        case missing = "factor-code-missing"
        case wrong = "factor-code-wrong"
        case throttled
    }

    static let name = "second-factor"
    static let slots =
        frameSlots + [
            .text("next") { $0.next },
            .flag("has-app") { $0.hasApp },
            .text("phone") { $0.phone },
            .flag("sent") { $0.isSent },
            .flag("remember") { $0.isRemembering },
            .choice("notice", of: Notice.self) { $0.notice },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var next: String
    var hasApp: Bool
    /// Where a text message would go, mostly hidden; empty where there is no telephone.
    var phone: String
    /// Whether a text message is on its way.
    var isSent: Bool
    /// Whether the person wants the device remembered.
    var isRemembering: Bool
    var notice: Notice
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// Which second factors there are.
struct FactorStartForm: AccountForm {
    static let name = "factor-start"
    static let slots =
        frameSlots + [.flag("required") { $0.isRequired }, .flag("texts") { $0.sendsTexts }]
    var frame = Frame()
    var isRequired: Bool
    var sendsTexts: Bool
}

/// Adding an authenticator app.
struct EnrolAppForm: AccountForm {
    enum Field: String, CaseIterable, Sendable { case code, form }
    enum Kind: String, CaseIterable, Sendable {
        case missing = "app-code-missing"
        case wrong = "app-code-wrong"
        /// The page showed another QR code than is to be scanned now.
        case newer = "app-code-newer"
        case full = "apps-full"
    }

    static let name = "enrol-app"
    static let slots =
        frameSlots + [
            .text("picture-size") { $0.picture.map { String($0.pictureSize) } ?? "" },
            .text("picture") { $0.picture?.path ?? "" },
            .url("uri") { $0.uri.text },
            .text("key") { $0.key.displayed },
            .text("mark") { $0.mark },
            .text("device-name") { $0.deviceName },
            .flag("others") { $0.hasOthers },
            .flag("end-others") { $0.endsOthers },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    /// The QR code, or nil where the address of the key is too long for one.
    var picture: QRCode?
    var uri: KeyURI
    var key: TOTPKey
    var mark: String
    var deviceName: String
    var hasOthers: Bool
    var endsOthers: Bool
    var problems: [Problem<Field, Kind>] = []
}

/// Adding a telephone.
struct EnrolPhoneForm: ThrottledForm {
    enum Field: String, FormField { case phone, code, form }
    enum Kind: String, ThrottledKind {
        case phoneMissing = "phone-missing"
        case phoneMalformed = "phone-malformed"
        case phoneElsewhere = "phone-elsewhere"
        case missing = "text-code-missing"
        case wrong = "text-code-wrong"
        case throttled
    }

    static let name = "enrol-phone"
    static let slots =
        frameSlots + [
            .text("phone") { $0.phone },
            .text("sent-to") { $0.sentTo },
            .text("countries") { $0.countries },
            .flag("others") { $0.hasOthers },
            .flag("end-others") { $0.endsOthers },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var phone: String
    /// Where the code went, mostly hidden; empty before it was sent.
    var sentTo: String
    var countries: String
    var hasOthers: Bool
    var endsOthers: Bool
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// One recovery code in the list.
struct RecoveryCodeRow: SlotRecord {
    static let slots: [Slot<Self>] = [.text("code") { $0.code.displayed }]
    let code: RecoveryCode

    init(_ code: RecoveryCode) {
        self.code = code
    }
}

/// The recovery codes, when they are new, and how many are left, when they are not.
struct RecoveryCodesForm: AccountForm {
    static let name = "recovery-codes"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .message("date") { $0.date },
            .list("codes", of: RecoveryCodeRow.self) { $0.codes },
            .count("left") { $0.left },
            .flag("few") { $0.left < Self.few },
            .flag("factors") { $0.hasFactors },
        ]
    /// How many codes are too few to wait.
    static let few = 4
    var frame = Frame()
    var email: String
    var date: DayPhrase
    var codes: [RecoveryCodeRow]
    var left: Int
    var hasFactors: Bool
}

/// The file of recovery codes.
struct RecoveryCodesFile: FormTemplate {
    static let name = "recovery-codes-file"
    static let slots: [Slot<Self>] = [
        .text("email") { $0.email },
        .message("date") { $0.date },
        .list("codes", of: RecoveryCodeRow.self) { $0.codes },
    ]
    var email: String
    var date: DayPhrase
    var codes: [RecoveryCodeRow]
}

/// The words of a text message with a code.
struct CodeMessage: FormTemplate {
    static let name = "code-message"
    static let slots: [Slot<Self>] = [
        .text("code") { $0.code }, .count("minutes") { $0.minutes },
    ]
    var code: String
    var minutes: Int
}

/// One factor in a list.
struct FactorRow: SlotRecord {
    static let slots: [Slot<Self>] = [
        .text("id") { $0.id },
        .choice("kind", of: FactorKind.self) { $0.kind },
        .text("label") { $0.name },
        .message("added") { $0.added },
    ]
    let id: String
    let kind: FactorKind
    let name: String
    let added: MomentPhrase
}

/// One factor in a list of which one is chosen.
struct FactorChoiceRow: SlotRecord {
    static let slots: [Slot<Self>] = [
        .text("id") { $0.row.id },
        .choice("kind", of: FactorKind.self) { $0.row.kind },
        .text("label") { $0.row.name },
        .message("added") { $0.row.added },
        .flag("chosen") { $0.isChosen },
        .flag("first") { $0.isFirst },
    ]
    let row: FactorRow
    let isChosen: Bool
    /// Whether the summary of errors leads to it.
    let isFirst: Bool
}

/// Removing a factor.
struct RemoveFactorForm: PasswordAskingForm {
    enum Field: String, PasswordField { case factor, password, code, form }
    enum Kind: String, PasswordKind {
        case factorMissing = "factor-missing"
        case passwordMissing = "password-missing"
        case passwordWrong = "password-wrong"
        case missing = "factor-code-missing"
        case wrong = "factor-code-wrong"
        /// It is the last one of somebody who must have one.
        case required = "factor-required"
        case throttled
    }

    static let name = "remove-factor"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .list("factors", of: FactorChoiceRow.self) { $0.factors },
            .text("phone") { $0.phone },
            .flag("others") { $0.hasOthers },
            .flag("end-others") { $0.endsOthers },
            .choice("notice", of: SecondFactorForm.Notice.self) { $0.notice },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email: String
    var factors: [FactorChoiceRow]
    var phone: String
    var hasOthers: Bool
    var endsOthers: Bool
    var notice: SecondFactorForm.Notice
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// Asking who somebody is once more.
struct ConfirmForm: PasswordAskingForm {
    enum Field: String, PasswordField { case password, code, form }
    enum Kind: String, PasswordKind {
        case passwordMissing = "password-missing"
        case passwordWrong = "password-wrong"
        case missing = "factor-code-missing"
        case wrong = "factor-code-wrong"
        case throttled
    }

    static let name = "confirm"
    static let slots =
        frameSlots + [
            .text("email") { $0.email },
            .text("next") { $0.next },
            .flag("factors") { $0.hasFactors },
            .text("phone") { $0.phone },
            .choice("notice", of: SecondFactorForm.Notice.self) { $0.notice },
            .message("wait") { $0.wait },
            .list("problems", of: Problem<Field, Kind>.self) { $0.problems },
        ]
    var frame = Frame()
    var email: String
    var next: String
    var hasFactors: Bool
    var phone: String
    var notice: SecondFactorForm.Notice
    var wait: WaitPhrase?
    var problems: [Problem<Field, Kind>] = []
}

/// One attempt of others to get into an account.
struct TriedRow: SlotRecord {
    enum Kind: String, CaseIterable, Sendable {
        case failed, abandoned
    }

    static let slots: [Slot<Self>] = [
        .message("when") { MomentPhrase($0.event.at, seenAt: $0.now) },
        .choice("what", of: Kind.self) {
            $0.event.kind == .secondFactorAbandoned ? .abandoned : .failed
        },
        .message("browser") { BrowserPhrase($0.event.visitor) },
        .text("place") { $0.event.visitor.place },
    ]
    let event: Event
    let now: Timestamp
}

/// What somebody who has just signed in should know first.
struct AttentionForm: AccountForm {
    static let name = "attention"
    static let slots =
        frameSlots + [
            .url("next") { $0.next },
            .flag("breached") { $0.isBreached },
            .list("tried", of: TriedRow.self) { $0.tried },
        ]
    var frame = Frame()
    /// Where the person wanted to go.
    var next: String
    var isBreached: Bool
    var tried: [TriedRow]
}
