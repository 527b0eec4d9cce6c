/// What a client prefers, as `Accept` and `Accept-Language` say it (RFC 9110 §12.4.2).
struct Preferences {
    /// What was named, the most wanted first; what is not wanted at all (`q=0`) is left out.
    let values: [String]

    init(_ field: String) {
        let weighted = field.lowercased().split(separator: ",").map { element in
            let parts = element.split(separator: ";").map(Self.trimmed)
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            return (value: parts.first ?? "", weight: weight.map { Double($0) ?? 0 } ?? 1)
        }
        values = weighted.enumerated()
            .filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element.value)
    }

    /// The first value of which `choose` makes something.
    func first<Choice>(_ choose: (String) -> Choice?) -> Choice? {
        values.lazy.compactMap(choose).first
    }

    private static func trimmed(_ part: Substring) -> String {
        let start = part.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
