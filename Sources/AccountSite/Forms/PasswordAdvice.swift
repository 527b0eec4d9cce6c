import Hypertext
import Zxcvbn

/// What is said about a password that was tried, and what might be taken instead.
///
/// Neither the password nor a part of it stands in here, so none can reach a page (`pages.md` §1.4).
struct PasswordAdvice: Sendable {
    /// What was found about the password that was tried, if one was.
    var estimate: Estimate?
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

extension AdvisingForm {
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
            .text("minimum") { String($0.advice.minimum) },
            .list("passphrases", of: PassphraseRow.self) {
                $0.advice.passphrases.map(PassphraseRow.init)
            },
            .flag("show-password") { $0.advice.showsPassword },
        ]
    }
}
