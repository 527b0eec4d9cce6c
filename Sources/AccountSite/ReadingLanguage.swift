import Accounts
import HTTP
import Hypertext

/// In which language a visitor reads: as they chose, or else as their browser says.
struct ReadingLanguage {
    /// The field of a form or query that chooses a language.
    static let field = "language"
    private static let cookieName: CookieName = "__Host-language"
    private static let maxAge = 365 * Int(Duration.day)

    /// One of the site's languages.
    let tag: String
    /// Whether the request chooses it, to be remembered from now on.
    let isChosen: Bool

    /// Finds the language of a request, among those of the site.
    ///
    /// What is asked for goes before what was chosen earlier, and that before what the browser says
    /// (RFC 9110 §12.5.4). Whoever wants none of the languages gets the site's own.
    init(_ request: Request, among languages: [String]) {
        func known(_ text: String?) -> String? {
            text.flatMap { languages.contains($0) ? $0 : nil }
        }
        let chosen = known(request.form[Self.field] ?? request.query[Self.field])
        isChosen = chosen != nil
        tag =
            chosen ?? known(request.cookies[Self.cookieName])
            ?? Preferences(request.acceptLanguage).language(among: languages)
            ?? languages.first ?? ""
    }

    /// The language as an account keeps it.
    var kept: LanguageTag? { LanguageTag(tag) }

    /// The cookie that remembers a choice for a year.
    var cookie: SetCookie? {
        isChosen ? SetCookie(Self.cookieName, to: tag, maxAge: Self.maxAge) : nil
    }
}

extension World {
    /// In which language a visitor reads.
    func language(of request: Request) -> ReadingLanguage {
        ReadingLanguage(request, among: templates.languages)
    }

    /// The site's own language, in which its operator is written to.
    var ownLanguage: LanguageTag? { templates.languages.first.flatMap { LanguageTag($0) } }

    /// Makes a page in a language of the site.
    ///
    /// - Throws: `TemplateError`.
    func page(
        _ form: some AccountForm, in language: String, _ status: Status
    ) throws -> Response {
        let response = Response.html(
            try templates.render(form, language: language), status: status)
        guard let tag = FieldValue(language) else { return response }
        let labelled = response.setting(.contentLanguage, to: tag)
        // Nothing stores an account page; but whatever looks at two of them sees why they differ.
        return templates.languages.count > 1
            ? labelled.setting(.vary, to: "Accept-Language, Cookie") : labelled
    }
}
