internal import Accounts

/// A line of a gateway's file that says something.
struct GatewayLine {
    private let number: Int
    let name: String
    private let value: String

    /// Takes a text apart; comments and empty lines are left out.
    static func lines(of text: String) throws(GatewayError) -> [GatewayLine] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var found: [GatewayLine] = []
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            let value = words.count == 2 ? words[1].trimmingSpaces : ""
            let line = GatewayLine(
                number: index + 1, name: String(name).escaped(limit: 40), value: value)
            guard
                !value.isEmpty,
                value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
            else { throw line.error("'\(line.name)' must have a value of printable characters") }
            found.append(line)
        }
        return found
    }

    func error(_ problem: String) -> GatewayError { GatewayError(line: number, problem: problem) }

    private func mustBe(_ expectation: String) -> GatewayError {
        error("'\(name)' must be \(expectation)")
    }
}

// MARK: - Values

extension GatewayLine {
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

    /// An address over TLS, whose host nothing in a message can change.
    var secureURL: GatewayTemplate {
        get throws(GatewayError) {
            let scheme = "https://"
            let host = value.dropFirst(scheme.count).prefix { $0 != "/" }
            guard
                value.hasPrefix(scheme), value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                !host.isEmpty,
                host.allSatisfy({ $0.isLetter || $0.isNumber || "-.:".contains($0) })
            else { throw mustBe("https://, a host and a path, without spaces") }
            return try template
        }
    }

    var method: String {
        get throws(GatewayError) {
            guard value.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                throw mustBe("a method in capital letters, such as POST")
            }
            return value
        }
    }

    /// A field name, a colon and something (RFC 9110 §5.1).
    var header: String {
        get throws(GatewayError) {
            let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard
                parts.count == 2, !parts[0].isEmpty, !parts[1].trimmingSpaces.isEmpty,
                parts[0].allSatisfy({
                    $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
                })
            else { throw mustBe("a name, a colon and a value") }
            return value
        }
    }

    /// How values stand in the body, if the line is a header that says so.
    var bodyEncoding: PlaceEncoding? {
        get throws(GatewayError) {
            let parts = try header.split(separator: ":", maxSplits: 1)
            guard parts[0].lowercased() == "content-type" else { return nil }
            let type = parts[1].prefix { $0 != ";" }.trimmingSpaces.lowercased()
            guard let encoding = PlaceEncoding(contentType: type) else {
                throw error("a body must be application/x-www-form-urlencoded or application/json")
            }
            return encoding
        }
    }

    var user: String {
        get throws(GatewayError) {
            guard value.contains(":") else { throw mustBe("a name, a colon and a password") }
            return value
        }
    }

    /// Statuses that say that all went well (RFC 9110 §15.3).
    var statuses: [Int] {
        get throws(GatewayError) {
            let words = value.split(separator: " ")
            let numbers = words.compactMap { Int($0) }.filter { (200...299).contains($0) }
            guard numbers.count == words.count else {
                throw mustBe("numbers from 200 to 299 with spaces between them")
            }
            return numbers
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return String(start[...last])
    }
}
