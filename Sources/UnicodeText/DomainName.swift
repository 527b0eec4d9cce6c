private import CIDN2

/// A domain name in the one spelling that DNS and mail use: ASCII, lower case, no final dot.
///
/// `Bücher.example`, `BÜCHER.EXAMPLE` and `xn--bcher-kva.example` are one value. Mapping follows
/// UTS #46 without the transitional rules, so `ß` and `ss` are two names, as in the registries.
package struct DomainName: Sendable, Hashable {
    /// The longest name in bytes (RFC 1035 §2.3.4, less the root's length byte and its own).
    package static let maximumByteCount = 253

    /// The name with A-labels for what is not ASCII (RFC 5890 §2.3.2.1).
    package let ascii: String

    /// Reads a name that a person typed.
    ///
    /// - Throws: ``DomainNameError``, which says what is wrong with the name.
    package init(_ typed: String) throws(DomainNameError) {
        // The library would work on any length. A character is one to four bytes as it is typed, and
        // at least one in A-labels.
        guard typed.utf8.count <= 4 * Self.maximumByteCount else { throw .tooLong }
        // To the library a NUL is the end.
        guard !typed.utf8.contains(0) else { throw .invalidLabel }

        let ascii = try Self.toASCII(typed)
        guard ascii.utf8.count <= Self.maximumByteCount else { throw .tooLong }

        // IDNA leaves ASCII labels alone, whatever is in them.
        let labels = ascii.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isHostLabel) else { throw .invalidLabel }
        self.ascii = ascii
    }

    private static func toASCII(_ typed: String) throws(DomainNameError) -> String {
        // The library has nothing to do where no label is or becomes an A-label (RFC 5891 §5.1).
        let lowercased = typed.lowercased()
        let labels = lowercased.utf8.split(separator: UInt8(ascii: "."))
        let hasALabel = labels.contains { $0.starts(with: "xn--".utf8) }
        guard !typed.utf8.allSatisfy({ $0 < 0x80 }) || hasALabel else { return lowercased }
        let flags = Int32(bitPattern: IDN2_NONTRANSITIONAL.rawValue | IDN2_NFC_INPUT.rawValue)
        var output: UnsafeMutablePointer<CChar>?
        let status = unsafe idn2_to_ascii_8z(typed, &output, flags)
        guard status == IDN2_OK.rawValue, let output = unsafe output else {
            throw status == IDN2_TOO_BIG_DOMAIN.rawValue ? .tooLong : .invalidLabel
        }
        defer { unsafe idn2_free(output) }
        return unsafe String(cString: output).lowercased()
    }

    /// Whether a label is of letters, digits and inner hyphens (RFC 1123 §2.1, RFC 1035 §2.3.1).
    private static func isHostLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else {
            return false
        }
        return label.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                hyphen:
                true
            default: false
            }
        }
    }
}

/// Why a text is not a domain name.
package enum DomainNameError: Error, Equatable {
    /// A label is empty, longer than 63 bytes, or has a character that no name may have.
    case invalidLabel
    /// The name is longer than DNS allows.
    case tooLong
}
