import AccountSite
import Foundation
import HTTP
import Testing

/// Plays a script against the pages of a world of its own.
final class ScriptPlayer {
    private let site: TestSite
    private var browsers = ["one": ScriptBrowser(number: 1)]
    private var browserName = "one"
    private var values: [String: String] = [:]
    private var kept: [String: String] = [:]
    private var request: ScriptRequest?
    private var answer: Response?
    /// The body of the answer, as far as the method lets it through.
    private var body = ""
    private var letter: Letter?

    init(_ site: TestSite) {
        self.site = site
    }

    /// What stands in the latest answer's body between two marks, the first time.
    func text(between start: String, and end: String) -> String? {
        guard let from = body.range(of: start)?.upperBound,
            let to = body[from...].range(of: end)?.lowerBound
        else { return nil }
        return String(body[from..<to])
    }

    func play(_ script: Script) throws {
        for line in script.lines {
            do {
                try play(line)
            } catch let error as ScriptError {
                throw ScriptError(description: "\(line.place): \(error.description)")
            }
        }
        try send()
    }

    private func play(_ line: Script.Line) throws {
        let verb = line.words[0]
        if ["form", "body", "send", "without"].contains(verb), request != nil,
            !(verb == "body" && ["contains", "lacks"].contains(line.words.dropFirst().first))
        {
            return try shape(line)
        }
        try send()
        switch verb {
        case "browser": browser(line.words[1])
        case "advance": try advance(line.words)
        case "follow": request = ScriptRequest(method: "GET", target: try location())
        case "mail", "no", "subject", "link", "code": try readMailOrAbsence(line)
        case "field", "cookie", "keep": try keep(line)
        case verb where verb == verb.uppercased():
            request = ScriptRequest(method: verb, target: try filled(line.rest(after: 1)))
        default: try expect(line)
        }
    }

    private func browser(_ name: String) {
        if browsers[name] == nil {
            browsers[name] = ScriptBrowser(number: browsers.count + 1)
        }
        browserName = name
    }

    private func advance(_ words: [String]) throws {
        let units = ["second": 1, "minute": 60, "hour": 3600, "day": 86_400]
        let unit = words[2].hasSuffix("s") ? String(words[2].dropLast()) : words[2]
        guard let count = Int64(words[1]), let seconds = units[unit] else {
            throw ScriptError(description: "no such time: \(words)")
        }
        site.advance(seconds: count * Int64(seconds))
    }
}

// MARK: - Sending

/// A request that a script has begun to describe.
struct ScriptRequest {
    let method: String
    let target: String
    var typed: String?
    var body: String?
    var headers: [String: String] = [:]
    var absent: Set<String> = []

    var path: String { String(target.prefix { $0 != "?" }) }
    var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
}

extension ScriptPlayer {
    private func shape(_ line: Script.Line) throws {
        switch line.words[0] {
        case "form": request?.typed = try filled(line.rest(after: 1), encoded: true)
        case "body": request?.body = try filled(line.rest(after: 1))
        case "send":
            let parts = line.rest(after: 1).components(separatedBy: ": ")
            request?.headers[parts[0].lowercased()] =
                try filled(parts.dropFirst().joined(separator: ": "))
        default: request?.absent.insert(line.rest(after: 1).lowercased())
        }
    }

    private func send() throws {
        guard let request else { return }
        self.request = nil
        let browser = browsers[browserName, default: ScriptBrowser(number: 0)]
        var fields = [
            "host": "localhost:8080", "user-agent": "Page script",
            "cookie": browser.cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "),
        ]
        var sent = ""
        if request.method != "GET", request.method != "HEAD" {
            fields["origin"] = "http://localhost:8080"
            fields["sec-fetch-site"] = "same-origin"
            fields["content-type"] = "application/x-www-form-urlencoded"
            sent = request.body ?? form(request, browser)
        }
        fields.merge(request.headers) { $1 }
        request.absent.forEach { fields[$0] = nil }
        if fields["cookie"] == "" { fields["cookie"] = nil }

        let response = site.answer(request, fields: fields, body: sent, from: browser.address)
        answer = response
        body = request.method == "HEAD" ? "" : String(decoding: response.body, as: UTF8.self)
        browsers[browserName]?.take(response, askedFrom: request.path)
    }

    private func form(_ request: ScriptRequest, _ browser: ScriptBrowser) -> String {
        let typed = request.typed ?? ""
        let names = typed.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
        return [browser.hiddenFields(for: request.path, without: names), typed]
            .filter { !$0.isEmpty }.joined(separator: "&")
    }

    private func location() throws -> String {
        try send()
        guard let location = answer?[.location]?.text else {
            throw ScriptError(description: "the last answer leads nowhere")
        }
        return location
    }

    /// Puts kept values in the place of their names.
    private func filled(_ text: String, encoded: Bool = false) throws -> String {
        var missing: String?
        let filled = text.replacing(/\$([a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*)/) { match in
            guard let value = values[String(match.output.1)] else {
                missing = String(match.output.0)
                return ""
            }
            return encoded ? PercentEncoding.encode(value) : value
        }
        if let missing { throw ScriptError(description: "nothing was kept as \(missing)") }
        return filled
    }
}

// MARK: - Expecting

extension ScriptPlayer {
    private func expect(_ line: Script.Line) throws {
        guard let answer else { throw ScriptError(description: "nothing was asked yet") }
        let page = Markup(text: body)
        let holds: Bool =
            switch (line.words[0], line.words.dropFirst().first) {
            case ("status", let status?): String(answer.status.rawValue) == status
            case ("location", _): answer[.location]?.text == (try filled(line.rest(after: 1)))
            case ("header", _): try hasHeader(line, answer)
            case ("body", "contains"): page.text.contains(try filled(line.rest(after: 2)))
            case ("body", "lacks"): !page.text.contains(try filled(line.rest(after: 2)))
            case ("title", "begins"): page.title.hasPrefix(try filled(line.rest(after: 2)))
            case ("problem", let field?):
                page.alert?.tags("a").contains { $0.attributes["href"] == "#\(field)" } ?? false
            case ("same", _): kept[line.words[3]] == fingerprint(answer)
            default: throw ScriptError(description: "no such statement: \(line.text)")
            }
        #expect(
            holds,
            "\(line.place): \(line.text), but \(answer.status) \(answer[.location]?.text ?? "") \(body)"
        )
        guard holds else { throw ScriptError(description: "\(line.text) does not hold") }
    }

    private func hasHeader(_ line: Script.Line, _ answer: Response) throws -> Bool {
        let name = line.words[1].hasSuffix(":") ? String(line.words[1].dropLast()) : line.words[1]
        let values = answer.fields.filter { $0.name.text.lowercased() == name.lowercased() }
            .map(\.value.text)
        if line.words[1].hasSuffix(":") { return values.contains(try filled(line.rest(after: 2))) }
        let text = try filled(line.rest(after: 3))
        return values.contains { $0.contains(text) }
    }

    /// What an answer says, without what is new in each.
    private func fingerprint(_ answer: Response) -> String {
        let body =
            body
            .replacing(/(<input type="hidden" name="[^"]*" value=")[^"]*/) { $0.output.1 }
            .replacing(/[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+/, with: "@")
        let fields = answer.fields.filter { $0.name != .setCookie }
            .map { "\($0.name.text): \($0.value.text)" }
        return "\(answer.status.rawValue)\n\(fields.joined(separator: "\n"))\n\n\(body)"
    }

    private func keep(_ line: Script.Line) throws {
        guard let answer else { throw ScriptError(description: "nothing was asked yet") }
        let name = line.words.last.map { String($0.drop { $0 == "$" }) } ?? ""
        switch line.words[0] {
        case "keep": kept[line.words[1]] = fingerprint(answer)
        case "cookie": values[name] = browsers[browserName]?.cookie(line.words[1])
        default:
            let page = Markup(text: body)
            values[name] =
                (page.tags("input") + page.tags("button"))
                .first { $0.attributes["name"] == line.words[1] }?.attributes["value"]
        }
    }
}

// MARK: - Mail, and what is not there

extension ScriptPlayer {
    private func readMailOrAbsence(_ line: Script.Line) throws {
        switch (line.words[0], line.words.dropFirst().first) {
        case ("mail", "to"): letter = try site.takeLetter(to: line.words[2])
        case ("no", "mail"):
            #expect(site.letters(to: line.words[3]).isEmpty, "\(line.place): \(line.text)")
        case ("no", "problem"):
            #expect(!body.isEmpty && Markup(text: body).alert == nil, "\(line.place): \(line.text)")
        case ("no", "header"):
            let name = line.words[2].lowercased()
            #expect(
                answer?.fields.contains { $0.name.text.lowercased() == name } == false,
                "\(line.place): \(line.text)")
        default: try readMail(line)
        }
    }

    private func readMail(_ line: Script.Line) throws {
        guard let letter else { throw ScriptError(description: "no message was read yet") }
        let text = String(decoding: letter.text, as: UTF8.self)
        let name = line.words.last.map { String($0.drop { $0 == "$" }) } ?? ""
        switch (line.words[0], line.words.dropFirst().first) {
        case ("subject", "contains"):
            #expect(letter.subject.contains(line.rest(after: 2)), "\(line.place): \(line.text)")
        case ("mail", "contains"):
            #expect(text.contains(try filled(line.rest(after: 2))), "\(line.place): \(line.text)")
        case ("mail", "lacks"):
            #expect(!text.contains(try filled(line.rest(after: 2))), "\(line.place): \(line.text)")
        case ("link", _):
            guard let link = text.firstMatch(of: /http:\/\/localhost:8080(\/account\/\S*)/) else {
                throw ScriptError(description: "the message has no link of the site: \(text)")
            }
            values[name] = String(link.output.1)
        case ("code", _):
            guard let code = text.split(separator: "\n").first(where: Self.isCode) else {
                throw ScriptError(description: "the message has no code: \(text)")
            }
            values[name] = code.trimmingCharacters(in: .whitespaces)
        default: throw ScriptError(description: "no such statement: \(line.text)")
        }
    }

    private static func isCode(_ line: Substring) -> Bool {
        let signs = line.filter { $0 != " " && $0 != "-" }
        return signs.count >= 6
            && signs.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
    }
}
