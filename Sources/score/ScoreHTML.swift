import Zxcvbn

/// The form and the answer, in one language.
///
/// Nothing that a client sent stands in them, and no text of theirs has a character that HTML would
/// have to escape.
struct ScoreHTML {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// The page with the form.
    ///
    /// - Parameter style: The path of its style sheet.
    /// - Returns: The HTML.
    func page(style: String?) -> String {
        let link = style.map { "<link rel=\"stylesheet\" href=\"\($0)\">\n" } ?? ""
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(Words.title[language]!)</title>
            \(link)<h1>\(Words.title[language]!)</h1>
            <form method="post">
            <p><label>\(Words.password[language]!)<br>
            <input type="password" name="\(ScorePages.passwordField)" required autocomplete="off"></label></p>
            <p><label>\(Words.userInput[language]!)<br>
            <input name="\(ScorePages.userInputField)" autocomplete="off"></label></p>
            <p><button>\(Words.button[language]!)</button></p>
            </form>

            """
    }

    /// The answer, to stand in a page.
    func fragment(_ estimate: Estimate) -> String {
        let score = estimate.score
        let warning = estimate.feedback.warning.map {
            "<p class=\"password-warning\">\($0.text(in: language))</p>\n"
        }
        let suggestions = estimate.feedback.suggestions
            .map { "<li>\($0.text(in: language))</li>\n" }.joined()
        return """
            <div class="password-score" lang="\(language.rawValue)">
            <p><label>\(Words.strength[language]!) \
            <meter min="0" max="4" low="2" high="3" optimum="4" value="\(score.rawValue)">\
            \(score.rawValue)/4</meter></label> <strong>\(score.name(in: language))</strong></p>
            \(warning ?? "")\(suggestions.isEmpty ? "" : "<ul>\n\(suggestions)</ul>\n")</div>

            """
    }
}
