import Foundation

/// What a script reads out of a page: tags and their attributes.
struct Markup {
    let text: String

    /// The attributes of every start tag of a kind, and where the tag ends.
    func tags(_ name: String) -> [(attributes: [String: String], end: String.Index)] {
        text.matches(of: Self.tag)
            .filter { $0.output.1.lowercased() == name }
            .map { (Self.attributes(of: $0.output.2), $0.range.upperBound) }
    }

    /// The hidden fields of every form, under the path to which the form is sent.
    func hiddenFields(askedFrom path: String) -> [(action: String, fields: [(String, String)])] {
        tags("form").map { form in
            let end = text[form.end...].range(of: "</form>")?.lowerBound ?? text.endIndex
            let fields = Markup(text: String(text[form.end..<end])).tags("input")
                .filter { $0.attributes["type"] == "hidden" }
                .map { ($0.attributes["name"] ?? "", $0.attributes["value"] ?? "") }
            let action = form.attributes["action"] ?? path
            return (String(action.prefix { $0 != "?" }), fields)
        }
    }

    /// The text of the title.
    var title: String {
        guard let start = tags("title").first?.end,
            let end = text[start...].range(of: "</title>")?.lowerBound
        else { return "" }
        return Self.unescaped(text[start..<end]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The part of the page that tells of errors, if it has one.
    var alert: Markup? {
        guard let start = text.range(of: "role=\"alert\"")?.upperBound,
            let end = text[start...].range(of: "</ul>")?.upperBound
        else { return nil }
        return Markup(text: String(text[start..<end]))
    }

    private static var tag: Regex<(Substring, Substring, Substring)> {
        /<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/
    }

    private static func attributes(of text: Substring) -> [String: String] {
        var attributes: [String: String] = [:]
        for match in text.matches(of: /([^\s=>"]+)(?:="([^"]*)")?/) {
            attributes[String(match.output.1)] = unescaped(match.output.2 ?? "")
        }
        return attributes
    }

    private static func unescaped(_ text: Substring) -> String {
        let entities = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
        return String(
            text.replacing(/&(?:lt|gt|quot|#39|amp);/) { entities[String($0.output)] ?? "" })
    }
}
