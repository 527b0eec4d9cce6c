/// The page that the web server asks the gate about.
package enum AskedPage: Sendable, Equatable {
    /// None: it wants to know who is signed in.
    case none
    /// One of the site, with the query that came with it.
    case page(SitePath, query: String)
    /// One whose path could be understood in two ways; nobody may have it (A68).
    case ambiguous

    /// Reads a URI.
    init(uri: [UInt8]) {
        guard let path = SitePath(uri: uri) else {
            self = .ambiguous
            return
        }
        let query = uri.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        self = .page(path, query: String(decoding: query, as: UTF8.self))
    }
}

extension MetaVariables {
    /// What the web server's configuration says that was asked for.
    ///
    /// `GATE_URI` is the URI as the client wrote it. Apache's `ErrorDocument` gives the decoded path in
    /// `REDIRECT_URL`. No client can set either, as neither begins with `HTTP_`.
    var askedPage: AskedPage {
        if let uri = bytes(of: "GATE_URI") { return AskedPage(uri: uri) }
        guard let path = bytes(of: "REDIRECT_URL") else { return .none }
        return SitePath(decoded: path).map {
            .page($0, query: self["REDIRECT_QUERY_STRING"] ?? "")
        } ?? .ambiguous
    }
}
