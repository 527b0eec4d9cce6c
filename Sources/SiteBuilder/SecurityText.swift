/// How to report a weakness of the site, as `/.well-known/security.txt` (RFC 9116).
struct SecurityText {
    /// The file's text, without what only the finished site knows.
    private var lines: [String] = []
    let location: Location

    static let output = ".well-known/security.txt"

    /// The fields in the order in which they are written, by their names in `security.yml`.
    private static let fields = [
        ("contact", "Contact"), ("expires", "Expires"), ("encryption", "Encryption"),
        ("acknowledgments", "Acknowledgments"), ("preferred-languages", "Preferred-Languages"),
        ("canonical", "Canonical"), ("policy", "Policy"), ("hiring", "Hiring"),
    ]

    private static let single: Set = ["expires", "preferred-languages"]

    /// Reads `security.yml` as it stands on a day.
    init(_ file: SourceFile, on date: Day, _ problems: Problems) {
        location = file.location(0)
        let reader = YAMLReader(file: file, problems: problems)
        var values: [String: [Scalar]] = [:]
        for (key, section) in reader.sections(in: 0..<file.bytes.count) {
            switch section {
            case .scalar(let value): values[key] = [value]
            case .list(let list): values[key] = list
            case .mapping(let inner):
                problems.report(
                    "\"\(key)\" is a value, or a list of values",
                    at: inner.first?.value.location ?? file.location(0))
            }
            if !Self.fields.contains(where: { $0.0 == key }) {
                problems.report(
                    "security.txt has no field \"\(key)\""
                        + suggestion(for: key, among: Self.fields.map(\.0)),
                    at: values[key]?.first?.location ?? file.location(0))
            }
        }
        for name in ["contact", "expires"] where values[name, default: []].isEmpty {
            problems.report("security.txt needs \"\(name)\" (RFC 9116 §2.5)", at: file.location(0))
        }
        for (key, field) in Self.fields {
            let given = values[key] ?? []
            if given.count > 1, Self.single.contains(key) {
                problems.report("only one \"\(key)\" may be given", at: given[1].location)
            }
            for value in given {
                lines.append("\(field): \(Self.text(of: value, key, on: date, problems))\n")
            }
        }
    }

    private static func text(
        of value: Scalar, _ key: String, on date: Day, _ problems: Problems
    ) -> String {
        if value.text.contains(where: \.isNewline) {
            problems.report("a field of security.txt is one line", at: value.location)
        }
        switch key {
        case "expires":
            guard let day = day(value.text, after: date) else {
                problems.report("not a day, as 2027-06-30, nor 180 days", at: value.location)
                return ""
            }
            if day <= date {
                problems.report(
                    "security.txt has expired; look through security.yml and set a new day",
                    at: value.location)
            } else if day.number - date.number > 365 {
                problems.report(
                    "security.txt may say what holds for a year at most (RFC 9116 §2.5.5)",
                    at: value.location)
            }
            return day.text + "T00:00:00Z"
        case "preferred-languages":
            return value.text
        default:
            // §2.5: a URI, and one of the web only over TLS.
            let schemes = ["https://", "mailto:", "tel:", "dns:", "openpgp4fpr:"]
            if !schemes.contains(where: value.text.hasPrefix) {
                problems.report(
                    "an address that begins with https://, mailto: or tel:", at: value.location)
            }
            return value.text
        }
    }

    /// Reads a day, or how many days after the build.
    private static func day(_ text: String, after date: Day) -> Day? {
        let words = text.split(separator: " ")
        if words.count == 2, words[1] == "days", let days = Int(words[0]) {
            return Day(number: date.number + days)
        }
        return Day(text)
    }

    /// The file.
    var text: String { lines.joined() }
}
