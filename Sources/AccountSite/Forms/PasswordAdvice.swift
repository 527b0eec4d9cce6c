import Hypertext
import Zxcvbn

/// What is said about a password that was tried, and what might be taken instead.
///
/// Neither the password nor a part of it stands in here, so none can reach a page (`pages.md` §1.4).
struct PasswordAdvice: Sendable {
    /// What was found about the password that was tried, if one was.
    var estimate: Estimate?
    /// How often that password was seen in breaches, if that is what is wrong with it.
    var sightings: Sightings?
    /// Whether that password may be taken all the same.
    var mayInsist = false
    /// By what the form knows that password again.
    var warned: WarnedPassword?
    /// The fewest characters that a password must have.
    var minimum = 0
    /// Ready-made ones.
    var passphrases: [String] = []
    /// Whether the field shows what is typed.
    var showsPassword = false
}

/// A page on which a password is chosen.
protocol AdvisingForm: AccountForm {
    var advice: PasswordAdvice { get }
}

/// How often a password was seen in breaches, as people count.
enum Sightings: String, CaseIterable, Sendable {
    case few
    case tens
    case hundreds
    case thousands
    case tenThousands = "ten-thousands"
    case hundredThousands = "hundred-thousands"
    case millions

    init(_ count: Int) {
        self =
            switch count {
            case ..<10: .few
            case ..<100: .tens
            case ..<1000: .hundreds
            case ..<10_000: .thousands
            case ..<100_000: .tenThousands
            case ..<1_000_000: .hundredThousands
            default: .millions
            }
    }
}

extension AdvisingForm {
    var warned: WarnedPassword? { advice.warned }

    static var adviceSlots: [Slot<Self>] {
        [
            .flag("advice") { $0.advice.estimate != nil },
            .choice("score", of: ScoreName.self) { ScoreName($0.advice.estimate?.score) },
            .choice("warning", of: WarningName.self) {
                WarningName($0.advice.estimate?.feedback.warning)
            },
            .list("suggestions", of: SuggestionRow.self) {
                $0.advice.estimate?.feedback.suggestions.map(SuggestionRow.init) ?? []
            },
            .flag("breached") { $0.advice.sightings != nil },
            .choice("sightings", of: Sightings.self) { $0.advice.sightings ?? .few },
            .flag("may-insist") { $0.advice.mayInsist },
            .count("minimum") { $0.advice.minimum },
            .list("passphrases", of: PassphraseRow.self) {
                $0.advice.passphrases.map(PassphraseRow.init)
            },
            .flag("show-password") { $0.advice.showsPassword },
        ]
    }
}
