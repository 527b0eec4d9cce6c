// The file that describes a gateway, in UTF-8:
//
//     # A line that begins with a sign like this is a comment.
//     url https://api.example.com/messages
//     header X-API-Key: 4f1c…
//     header Content-Type: application/json
//     body {"to": "{number}", "text": "{text}"}
//     status 202
//
// Each line is a name, a space and a value, which goes on to the end of the line. `header` may
// stand several times.

/// A service that takes text messages over HTTPS, as its file describes it.
package struct GatewayDescription: Sendable, Equatable {
    let url: GatewayTemplate
    let method: String
    /// Each of the form `Name: value`.
    let headers: [String]
    /// A name and a password with a colon between them, for HTTP's basic authentication.
    let user: String?
    let body: GatewayTemplate?
    /// How values stand in the body.
    let bodyEncoding: PlaceEncoding
    /// The statuses of an answer that mean that the message was taken.
    let statuses: [Int]

    /// Reads the text of a file.
    ///
    /// - Throws: `GatewayError` with the first thing that is wrong.
    package init(text: String) throws(GatewayError) {
        var url: GatewayTemplate?
        var method: String?
        var headers: [String] = []
        var user: String?
        var body: GatewayTemplate?
        var bodyEncoding = PlaceEncoding.percent
        var statuses: [Int]?
        var names: Set<String> = []

        for line in try GatewayLine.lines(of: text) {
            guard names.insert(line.name).inserted || line.name == "header" else {
                throw line.error("'\(line.name)' stands here a second time")
            }
            switch line.name {
            case "url": url = try line.secureURL
            case "method": method = try line.method
            case "header":
                headers.append(try line.header)
                bodyEncoding = try line.bodyEncoding ?? bodyEncoding
            case "user": user = try line.user
            case "body": body = try line.template
            case "status": statuses = try line.statuses
            default:
                throw line.error(
                    "there is no '\(line.name)'; there are url, method, header, user, body and status"
                )
            }
        }
        guard let url else { throw GatewayError(line: nil, problem: "'url' is missing") }
        self.url = url
        self.method = method ?? (body == nil ? "GET" : "POST")
        self.headers = headers
        self.user = user
        self.body = body
        self.bodyEncoding = bodyEncoding
        self.statuses = statuses ?? [200, 201, 202]
    }
}

/// Why a file describes no gateway.
///
/// The values of the file are never told, because most of them are secrets.
package struct GatewayError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1; nil where something is missing.
    package let line: Int?
    package let problem: String

    package var description: String { line.map { "line \($0): \(problem)" } ?? problem }
}
