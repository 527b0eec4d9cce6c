import Zxcvbn

/// An estimate in one line for a person at a terminal.
struct PlainReport {
    let text: String

    init(_ estimate: Estimate) {
        let tenths = Int((estimate.guessesLog10 * 10).rounded())
        let time = estimate.crackTime(.offlineSlowHash).text(in: .english)
        let facts = """
            \(estimate.score.rawValue) of 4, \(estimate.score.name(in: .english)): \
            10^\(tenths / 10).\(tenths % 10) guesses, \(time) against a slow hash
            """
        let advice =
            [estimate.feedback.warning?.text(in: .english)].compactMap { $0 }
            + estimate.feedback.suggestions.map { $0.text(in: .english) }
        text = ([facts] + advice).map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }
}
