/// A value in JSON (RFC 8259).
enum JSON {
    /// A member of an object.
    typealias Member = (name: String, value: JSON)

    case null
    case text(String)
    case truth(Bool)
    case number(Int)
    case list([JSON])
    /// An object, whose members stand in the order in which they are given.
    case object([Member])

    /// A text, or null.
    static func optional(_ text: String?) -> Self { text.map { .text($0) } ?? .null }

    /// A list of texts.
    static func texts(_ texts: [String]) -> Self { .list(texts.map { .text($0) }) }

    /// The value in one line.
    var line: String {
        switch self {
        case .null: "null"
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): String(number)
        case .text(let text): "\"\(text.unicodeScalars.map(Self.escaped).joined())\""
        case .list(let values): "[\(values.map(\.line).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(JSON.text($0.name).line):\($0.value.line)" }.joined(separator: ","))}"
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": return "\\\(scalar)"
        // The last ones are commands to some terminals, too.
        case "\u{0}"..<" ", "\u{7F}"..."\u{9F}":
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: return String(scalar)
        }
    }
}
