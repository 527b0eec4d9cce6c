/// What a client asks, taken from meta-variables and a body that the web server handed over.
///
/// Its initialiser is the only parser. The `Host` field is not here, nor any other of which the
/// client could make a link (S33): the site's address comes from its configuration.
package final class Request: Sendable {
    /// What is to be done.
    package let method: Method
    /// Absolute, decoded, without dot segments: `/account/sign-in`.
    package let path: String
    /// The fields behind the question mark.
    package let query: Form
    /// The same as the client wrote them, to lead back to where they stand.
    package let queryText: String
    /// The fields of a posted body; empty for other methods.
    package let form: Form
    /// The program's own cookies.
    package let cookies: Cookies
    /// Whom a throttle counts.
    package let remoteAddress: NetworkAddress
    /// Where a form stood that was posted, as the browser says: `https://example.org` or `null`.
    package let origin: String?
    /// How the page that sent the request is related to this site (`Sec-Fetch-Site`).
    package let fetchSite: String?
    /// What the browser calls itself, or nothing; controls in it are the log's business.
    package let userAgent: String
    /// The `Accept-Language` field, or nothing.
    package let acceptLanguage: String
    /// The `Accept` field, or nothing.
    package let accept: String
    /// Whom the web server itself has authenticated (RFC 3875 §4.1.11), if it says by what method.
    ///
    /// nginx hands over as `REMOTE_USER` what anybody writes into `Authorization`, and no `AUTH_TYPE`
    /// beside it; a user without a method is nobody (A67).
    package let authenticatedUser: String?
    /// Whether the web server itself was asked over TLS.
    package let isHTTPS: Bool
    /// Which part of a file is wanted, and which the client has.
    package let conditions: Conditions
    /// The page that the web server asks about, or for which it sends somebody here.
    package let askedPage: AskedPage
    /// Whether the web server asks as of FastCGI's authorizer, which is to answer in its own way.
    package let isForAuthorizer: Bool

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - metaVariables: What the web server says about the request.
    ///   - body: As long as ``MetaVariables/bodyLength(limit:)`` says.
    ///   - trustedProxies: How many proxies stand in front of the web server, each of which adds the
    ///     address it was asked from to `X-Forwarded-For`. With none, only `REMOTE_ADDR` counts (A18).
    ///   - repeatable: The fields of a form that may occur more than once.
    /// - Throws: The first reason for which the request is refused.
    package init(
        metaVariables: MetaVariables, body: [UInt8], trustedProxies: Int = 0,
        repeatable: Set<String> = []
    ) throws(RequestError) {
        guard let method = metaVariables["REQUEST_METHOD"] else {
            throw .missingVariable("REQUEST_METHOD")
        }
        self.method = Method(method)
        path = try metaVariables.path
        remoteAddress = try metaVariables.clientAddress(trustedProxies: trustedProxies)
        cookies = try Cookies(field: metaVariables.bytes(of: "HTTP_COOKIE") ?? [])
        let queryBytes = metaVariables.bytes(of: "QUERY_STRING") ?? []
        queryText = String(decoding: queryBytes, as: UTF8.self)
        do {
            query = try Form(urlencoded: queryBytes, repeatable: repeatable)
        } catch {
            throw .malformedQuery(error)
        }
        if self.method == .post, !body.isEmpty {
            guard metaVariables.hasFormBody else { throw .unsupportedMediaType }
            do {
                form = try Form(urlencoded: body, repeatable: repeatable)
            } catch {
                throw .malformedForm(error)
            }
        } else {
            form = Form()
        }
        origin = metaVariables["HTTP_ORIGIN"]
        fetchSite = metaVariables["HTTP_SEC_FETCH_SITE"]
        userAgent = metaVariables["HTTP_USER_AGENT"] ?? ""
        acceptLanguage = metaVariables["HTTP_ACCEPT_LANGUAGE"] ?? ""
        accept = metaVariables["HTTP_ACCEPT"] ?? ""
        authenticatedUser = metaVariables.authenticatedUser
        isHTTPS = metaVariables["HTTPS"] == "on" || metaVariables["REQUEST_SCHEME"] == "https"
        conditions = Conditions(metaVariables)
        askedPage = metaVariables.askedPage
        isForAuthorizer = false
    }

    /// Reads a question of the web server: whether whoever makes a request may have a page.
    ///
    /// It is the same whatever the method, and whatever is wrong with the request: who cannot be
    /// recognised is nobody, so that every question has an answer (A68).
    ///
    /// - Parameters:
    ///   - metaVariables: What the web server says about the request.
    ///   - path: Where such questions are answered.
    ///   - isForAuthorizer: Whether it is one to FastCGI's authorizer, of which `REQUEST_URI` names the
    ///     page (FastCGI 1.0 §6.3).
    package init(question metaVariables: MetaVariables, at path: String, isForAuthorizer: Bool) {
        method = .get
        self.path = path
        query = Form()
        queryText = ""
        form = Form()
        cookies = (try? Cookies(field: metaVariables.bytes(of: "HTTP_COOKIE") ?? [])) ?? Cookies()
        remoteAddress = (try? metaVariables.clientAddress(trustedProxies: 0)) ?? .unspecified
        origin = nil
        fetchSite = nil
        userAgent = metaVariables["HTTP_USER_AGENT"] ?? ""
        acceptLanguage = metaVariables["HTTP_ACCEPT_LANGUAGE"] ?? ""
        accept = ""
        authenticatedUser = metaVariables.authenticatedUser
        isHTTPS = false
        conditions = Conditions()
        let asked = metaVariables.askedPage
        askedPage =
            asked == .none && isForAuthorizer
            ? AskedPage(uri: metaVariables.bytes(of: "REQUEST_URI") ?? []) : asked
        self.isForAuthorizer = isForAuthorizer
    }
}
