/// Somebody who writes or gets mail: an address, and perhaps a name to show beside it.
package struct Mailbox: Sendable, Hashable {
    /// The address, in ASCII, such as `ada@example.org`.
    package let address: String
    /// The name to show, possibly empty.
    package let name: HeaderText

    /// Takes an address of the form `local@domain`.
    ///
    /// Nothing gets in that could end a header, an argument or a command: the address is a dot-atom
    /// and a host name (RFC 5322 §3.4.1, A53).
    package init?(address: String, name: HeaderText = .empty) {
        let parts = address.utf8.split(
            separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard
            parts.count == 2, address.utf8.count <= 254,
            Self.isDotted(parts[0], by: { $0.isAtext }),
            Self.isDotted(parts[1], by: { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.address = address
        self.name = name
    }

    private init(unchecked address: String) {
        self.address = address
        name = .empty
    }

    /// The address alone.
    var withoutName: Mailbox { Mailbox(unchecked: address) }

    private static func isDotted(_ text: Substring.UTF8View, by isInside: (UInt8) -> Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isInside) }
    }
}

/// One line of text for a header, in which nothing can begin another header.
package struct HeaderText: Sendable, Hashable {
    package let text: String

    /// No text at all.
    package static let empty = HeaderText(unchecked: "")

    private init(unchecked text: String) {
        self.text = text
    }

    /// Takes text without control characters and line separators (A53).
    package init?(_ text: String) {
        let isBroken = text.unicodeScalars.contains {
            switch $0.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        guard !isBroken else { return nil }
        self.text = text
    }
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Whether the byte may stand in an atom (RFC 5322 §3.2.3).
    var isAtext: Bool {
        isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(self)
    }
}
