/// What a client prefers, as `Accept` and `Accept-Language` say it (RFC 9110 §12.4.2).
package struct Preferences: Sendable, Equatable {
    /// What was named, in small letters, the most wanted first; what is not wanted at all (`q=0`) is
    /// left out.
    package let values: [String]

    // No browser says more.
    private static let longestField = 1000
    private static let mostValues = 32

    /// Reads a field.
    ///
    /// Elements that are not made as they should be are passed over, and so is a field that is too
    /// long, and what goes beyond the most values.
    package init(_ field: String) {
        let isShort = field.utf8.count <= Self.longestField
        let elements = (isShort ? field : "").utf8
            .split(separator: UInt8(ascii: ","), maxSplits: Self.mostValues)
            .prefix(Self.mostValues)
        let weighted = elements.compactMap(Self.element)
        values = weighted.enumerated()
            .filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element.value)
    }

    /// The first value of which `choose` makes something.
    package func first<Choice>(_ choose: (String) -> Choice?) -> Choice? {
        values.lazy.compactMap(choose).first
    }

    /// Reads `value;q=0.5`.
    private static func element(
        _ bytes: Substring.UTF8View.SubSequence
    ) -> (value: String, weight: Int)? {
        let parts = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Substring($0).lowercased().trimmed }
        guard let value = parts.first, !value.isEmpty else { return nil }
        guard let parameter = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) else {
            return (value, 1000)
        }
        return weight(parameter.dropFirst(2)).map { (value, $0) }
    }

    /// Reads a weight, in thousandths: `0`, `0.85`, `1.000`.
    private static func weight(_ text: Substring) -> Int? {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard
            let whole = digits.first, (0...1).contains(whole), digits.count <= 5,
            digits.count == 1 || text.utf8.dropFirst().first == UInt8(ascii: "."),
            digits.dropFirst(2).allSatisfy((0...9).contains)
        else { return nil }
        let thousandths = (2..<5).reduce(whole) { $0 * 10 + (digits.count > $1 ? digits[$1] : 0) }
        return thousandths <= 1000 ? thousandths : nil
    }
}

extension String {
    /// The text without blanks around it.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
