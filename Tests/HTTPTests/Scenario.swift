import Foundation
import HTTP
import Testing

/// A request written down as text, and what must come of it; `Vectors/requests.txt` has the format.
struct Scenario: Sendable, CustomTestStringConvertible {
    let line: Int
    private(set) var expectations: [String: String] = [:]
    private var metaVariables: [[UInt8]] = []
    private var body: [UInt8] = []
    private var trustedProxies = 0
    private var absent: Set<String> = []

    private static let defaults = [
        "REQUEST_METHOD=GET", "SCRIPT_NAME=/account/sign-in", "REMOTE_ADDR=192.0.2.1",
    ]

    var testDescription: String { "line \(line)" }
}

extension Scenario {
    /// Reads the paragraphs of a file in `Vectors`.
    static func all(in name: String) throws -> [Scenario] {
        var scenarios: [Scenario] = []
        var isBetween = true
        for (index, line) in try lines(ofFile: name).enumerated() {
            guard !line.isEmpty else {
                isBetween = true
                continue
            }
            guard line.first != "#" else { continue }
            if isBetween {
                scenarios.append(Scenario(line: index + 1))
                isBetween = false
            }
            scenarios[scenarios.count - 1].read(line)
        }
        return scenarios
    }

    /// Reads one line of a paragraph: a meta-variable if its first word has an equals sign.
    private mutating func read(_ line: Substring) {
        let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = words.count > 1 ? String(words[1]) : ""
        switch words[0] {
        case let word where word.contains("="): metaVariables.append(Self.bytes(line))
        case "without": absent.insert(rest)
        case "proxies": trustedProxies = Int(rest)!
        case "body": body = Self.bytes(rest[...])
        case let property: expectations[String(property)] = rest
        }
    }

    /// Has the request read.
    func request() throws -> Request {
        let given = Set(metaVariables.map { $0.prefix { $0 != UInt8(ascii: "=") } })
        let defaults = Self.defaults.map { [UInt8]($0.utf8) }.filter { entry in
            let name = entry.prefix { $0 != UInt8(ascii: "=") }
            return !given.contains(name) && !absent.contains(String(decoding: name, as: UTF8.self))
        }
        return try Request(
            metaVariables: MetaVariables(entries: defaults + metaVariables), body: body,
            trustedProxies: trustedProxies)
    }

    /// What a request says of itself under a name that the file uses, `-` for nothing.
    static func text(of property: String, in request: Request) throws -> String {
        switch property {
        case "path": request.path
        case "method": "\(request.method)"
        case "address": "\(request.remoteAddress)"
        case "network": request.remoteAddress.network
        case "cookie": request.cookies["__Host-session"] ?? "-"
        case "origin": request.origin ?? "-"
        case "fetch-site": request.fetchSite ?? "-"
        case "https": "\(request.isHTTPS)"
        case "next": request.query["next"] ?? "-"
        case "asked": text(of: request.askedPage)
        case "email": request.form["email"] ?? "-"
        default: throw UnknownProperty(name: property)
        }
    }

    private static func text(of page: AskedPage) -> String {
        switch page {
        case .none: "-"
        case .page(let path, let query): query.isEmpty ? path.text : "\(path.text) \(query)"
        case .ambiguous: "ambiguous"
        }
    }

    private struct UnknownProperty: Error { let name: String }

    /// The bytes of text in which `\xHH` stands for one.
    private static func bytes(_ text: Substring) -> [UInt8] {
        let parts = text.split(separator: "\\x", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce([UInt8](parts[0].utf8)) { bytes, part in
            bytes + [UInt8(part.prefix(2), radix: 16)!] + part.dropFirst(2).utf8
        }
    }

    private static func lines(ofFile name: String) throws -> [Substring] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }
}
