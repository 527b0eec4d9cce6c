internal import UnicodeText

/// What a person wants to be called: one line of text, possibly empty.
package struct PersonName: Sendable, Hashable {
    package static let longest = 100
    package static let none = PersonName(unchecked: "")

    package let text: String

    private init(unchecked text: String) {
        self.text = text
    }

    /// Takes a name in NFC, with runs of white space made one space and none around it.
    ///
    /// A name with a control character or a bidirectional override in it is refused, and so is one of more than `longest` code points.
    package init?(_ written: String) {
        let words = written.inNormalizationFormC.unicodeScalars.split { $0.properties.isWhitespace }
        let text = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        guard
            text.unicodeScalars.count <= Self.longest,
            !text.unicodeScalars.contains(where: Self.isForbidden)
        else { return nil }
        self.text = text
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .surrogate, .unassigned: true
        // Some scripts need the joiners.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }
}
