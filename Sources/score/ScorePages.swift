import HTTP
import Zxcvbn

/// What the web server's clients get: a form, and an answer to it as HTML or JSON.
struct ScorePages {
    static let passwordField = "password"
    static let userInputField = "user-input"

    let estimator: Estimator
    let year: () -> Int
    let embedding: Embedding
    let limit: NetworkLimit
    /// Seconds since 1970.
    let now: () -> Int

    /// Answers a request, also one that could not be understood.
    func answer(_ request: Result<Request, RequestError>) -> Response {
        switch request {
        case .success(let request):
            embedding.admitting(request.origin, to: answer(request))
        case .failure(let error):
            refuse(error.status)
        }
    }

    private func answer(_ request: Request) -> Response {
        // A query stands in logs and histories, so nothing secret is taken from one (S33).
        guard request.query[Self.passwordField] == nil else { return refuse(.badRequest) }
        let language =
            Preferences(request.acceptLanguage).language(among: Language.allCases.map(\.rawValue))
            .flatMap(Language.init(rawValue:)) ?? .english
        switch request.method {
        case .get, .head:
            return .html(Array(ScoreHTML(language).page(style: embedding.style).utf8))
        case .post:
            guard let password = request.form[Self.passwordField] else {
                return refuse(.unprocessableContent)
            }
            if let wait = limit.wait(of: request.remoteAddress.network, at: now()) {
                return .text(Words.tooMany[language]! + "\n", status: .tooManyRequests)
                    .setting(.retryAfter, to: FieldValue(wait))
            }
            let estimate = estimator.estimate(
                password, userInputs: request.form.values(of: Self.userInputField),
                referenceYear: year())
            return prefersJSON(request)
                ? json(JSONReport(estimate, of: Array(password.utf16)))
                : .html(Array(ScoreHTML(language).fragment(estimate).utf8))
        case .other:
            return .methodNotAllowed(allow: [.get, .head, .post])
        }
    }

    /// Whether JSON is named before HTML; who names neither gets HTML.
    private func prefersJSON(_ request: Request) -> Bool {
        let types = ["application/json": true, "text/html": false]
        return Preferences(request.accept).first { types[$0] } ?? false
    }

    private func json(_ report: JSONReport) -> Response {
        Response(.ok, contentType: "application/json", body: Array(report.text.utf8))
    }

    private func refuse(_ status: Status) -> Response {
        .text(status.reasonPhrase + "\n", status: status)
    }
}
