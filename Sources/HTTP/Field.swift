/// A header field of a response.
package struct Field: Sendable, Equatable {
    /// What the field is about.
    package let name: FieldName
    /// What it says.
    package let value: FieldValue

    package init(name: FieldName, value: FieldValue) {
        self.name = name
        self.value = value
    }
}

/// The name of a header field: a token (RFC 9110 §5.1).
package struct FieldName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name as it is written.
    package let text: String

    /// Takes a name that stands in the source; anything but a token is a mistake there.
    package init(stringLiteral text: StaticString) {
        self.text = text.description
        precondition(
            !self.text.isEmpty && self.text.utf8.allSatisfy(Self.isTokenByte),
            "a field name must be a token")
    }

    /// Whether two names are the same, whatever their capitals.
    package static func == (left: FieldName, right: FieldName) -> Bool {
        left.text.utf8.count == right.text.utf8.count
            && zip(left.text.utf8, right.text.utf8).allSatisfy { isSameLetter($0, $1) }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text.lowercased())
    }

    private static func isSameLetter(_ left: UInt8, _ right: UInt8) -> Bool {
        left == right
            || left | 0x20 == right | 0x20
                && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(left | 0x20)
    }

    /// Whether a byte is a `tchar` (RFC 9110 §5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension FieldName {
    package static let allow: FieldName = "Allow"
    package static let contentLanguage: FieldName = "Content-Language"
    package static let contentSecurityPolicy: FieldName = "Content-Security-Policy"
    package static let contentType: FieldName = "Content-Type"
    package static let location: FieldName = "Location"
    package static let retryAfter: FieldName = "Retry-After"
    package static let setCookie: FieldName = "Set-Cookie"
    package static let vary: FieldName = "Vary"
}

/// The value of a header field: visible ASCII, with spaces between (RFC 9110 §5.5).
///
/// A line break or a control cannot stand in one, so no text can split a response (A52).
package struct FieldValue: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The value as it is written.
    package let text: String

    /// Takes text from wherever it comes.
    ///
    /// There is none if it has a control or a byte beyond ASCII, or begins or ends with a space.
    package init?(_ text: String) {
        guard
            text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
            text.utf8.first != UInt8(ascii: " "), text.utf8.last != UInt8(ascii: " ")
        else { return nil }
        self.text = text
    }

    /// Takes a value that stands in the source; a control in it is a mistake there.
    package init(stringLiteral text: StaticString) {
        guard let value = FieldValue(text.description) else {
            preconditionFailure("a field value must be visible ASCII")
        }
        self = value
    }

    /// Writes a number, as in `Retry-After` or `Content-Length`.
    package init(_ number: Int) {
        text = String(number)
    }

    /// Writes the methods that a page answers, as in `Allow` (RFC 9110 §10.2.1).
    package init(methods: [Method]) {
        text = methods.compactMap(\.name).joined(separator: ", ")
    }

    /// Writes a URI reference; what may not stand in one is percent-encoded (RFC 3986 §2).
    package init(uriReference text: String) {
        self.text = PercentEncoding.encode(text) { byte in
            (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
        }
    }

    /// Takes text that was made of checked parts.
    init(unchecked text: String) {
        self.text = text
    }
}
