internal import UnicodeText

/// An address to which mail can be sent, as a person wrote it.
///
/// What was written is kept, because mail goes there and nowhere else (P20). Two addresses are the
/// same to us when their `canonical` forms are: the domain in A-labels, everything in small ASCII
/// letters. No mail service tells `Ada@` and `ada@` apart, and two accounts for one mailbox would
/// help nobody but an impostor.
package struct EmailAddress: Sendable, Hashable {
    /// The address as it was written, without space around it, its domain in A-labels.
    package let text: String
    /// The form which is compared, hashed and throttled (A20).
    package let canonical: String

    /// Takes an address of the usual form, `local@domain`.
    ///
    /// Refused are quoted local parts, address literals, comments, and local parts outside ASCII:
    /// few mail services carry them (RFC 6531) and they are the way to look-alike accounts (A7). The
    /// limits of length are those of RFC 5321 §4.5.3.1.
    package init?(_ written: String) {
        guard
            let at = written.utf8.lastIndex(of: UInt8(ascii: "@")),
            let local = Self.localPart(written[..<at].drop { $0 == " " }),
            let domain = Self.domain(String(written[written.index(after: at)...]))
        else { return nil }
        text = "\(local)@\(domain)"
        guard text.utf8.count <= 254 else { return nil }
        canonical = text.lowercasedASCII
    }

    /// The part before the `@`.
    package var localPart: Substring { text[..<(text.lastIndex(of: "@") ?? text.endIndex)] }

    /// The part behind the `@`, in A-labels.
    package var domain: Substring {
        text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? ""
    }

    /// The address with most of its local part hidden, for a page that others might see.
    package var masked: String {
        "\(localPart.prefix(2))•••••@\(domain)"
    }

    package static func == (left: Self, right: Self) -> Bool { left.canonical == right.canonical }
    package func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
}

extension EmailAddress {
    /// A dot-atom of RFC 5322 §3.2.3.
    private static func localPart(_ local: Substring) -> Substring? {
        let atoms = local.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard
            (1...64).contains(local.utf8.count),
            atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAtext) })
        else { return nil }
        return local
    }

    private static func isAtext(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    /// A name of at least two labels, in A-labels and small letters (RFC 5890).
    private static func domain(_ written: String) -> String? {
        let name = written.utf8.reversed().drop { $0 == UInt8(ascii: " ") }.reversed()
        guard
            let ascii = try? DomainName(String(decoding: Array(name), as: UTF8.self)).ascii,
            let last = ascii.split(separator: ".").last, last.utf8.count < ascii.utf8.count,
            // All digits behind the last dot would be an address of a machine (RFC 3696 §2).
            !last.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return ascii
    }
}

extension String {
    /// The text with `A`–`Z` in small letters and everything else as it is.
    fileprivate var lowercasedASCII: String {
        String(
            decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
