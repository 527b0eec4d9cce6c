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
            case "url":
                guard line.value.isSecureURL else {
                    throw line.mustBe("https://, a host and a path, without spaces")
                }
                url = try line.template
            case "method":
                guard line.value.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                    throw line.mustBe("a method in capital letters, such as POST")
                }
                method = line.value
            case "header":
                guard line.value.isHeader else { throw line.mustBe("a name, a colon and a value") }
                headers.append(line.value)
                if let type = line.value.contentType {
                    guard let encoding = PlaceEncoding(contentType: type) else {
                        throw line.error(
                            "a body must be application/x-www-form-urlencoded or application/json")
                    }
                    bodyEncoding = encoding
                }
            case "user":
                guard line.value.contains(":") else {
                    throw line.mustBe("a name, a colon and a password")
                }
                user = line.value
            case "body":
                body = try line.template
            case "status":
                guard let numbers = line.value.successes else {
                    throw line.mustBe("numbers from 200 to 299 with spaces between them")
                }
                statuses = numbers
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

/// A line that says something.
private struct GatewayLine {
    let number: Int
    let name: String
    let value: String

    static func lines(of text: String) throws(GatewayError) -> [GatewayLine] {
        var lines: [GatewayLine] = []
        for (index, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            let value = words.count == 2 ? words[1].trimmingSpaces : ""
            let found = GatewayLine(number: index + 1, name: String(name), value: value)
            guard !value.isEmpty,
                value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
            else { throw found.error("'\(name)' must have a value of printable characters") }
            lines.append(found)
        }
        return lines
    }

    /// The value with its places.
    var template: GatewayTemplate {
        get throws(GatewayError) {
            do throws(UnknownPlace) {
                return try GatewayTemplate(value)
            } catch {
                let places = GatewayTemplate.Place.allCases.map { "{\($0.rawValue)}" }
                throw self.error(
                    "there is no place {\(error.name)}; there are " + places.joined(separator: " "))
            }
        }
    }

    func error(_ problem: String) -> GatewayError { GatewayError(line: number, problem: problem) }

    func mustBe(_ expectation: String) -> GatewayError {
        error("'\(name)' must be \(expectation)")
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return String(start[...last])
    }

    /// Whether it is an address over TLS, whose host nothing in a message can change.
    fileprivate var isSecureURL: Bool {
        guard hasPrefix("https://"), utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        let host = dropFirst("https://".count).prefix { $0 != "/" }
        return !host.isEmpty && host.allSatisfy { $0.isLetter || $0.isNumber || "-.:".contains($0) }
    }

    /// Whether it is a field name, a colon and something (RFC 9110 §5.1).
    fileprivate var isHeader: Bool {
        guard let colon = firstIndex(of: ":") else { return false }
        let name = self[..<colon]
        return !name.isEmpty
            && name.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
            }
            && self[index(after: colon)...].contains { $0 != " " }
    }

    /// The media type of a `Content-Type` header.
    fileprivate var contentType: String? {
        let parts = split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "content-type" else { return nil }
        return parts[1].prefix { $0 != ";" }.trimmingSpaces.lowercased()
    }

    /// Numbers of answers that say that all went well (RFC 9110 §15.3).
    fileprivate var successes: [Int]? {
        let numbers = split(separator: " ").map { Int($0) }
        let known = numbers.compactMap { $0 }.filter { (200...299).contains($0) }
        return known.count == numbers.count ? known : nil
    }
}
