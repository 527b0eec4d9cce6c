import HTTP

/// A place on this site to which somebody goes back after signing in (A22, S56).
///
/// It is a path with an optional query, in characters that no browser reads as anything else: no
/// second slash or backslash that would begin a host, none of them percent-encoded, no dot segment,
/// no control.
struct ReturnPath: Equatable {
    static let account = ReturnPath(unchecked: Route.account.path)
    private static let longest = 1000

    let text: String

    private init(unchecked text: String) {
        self.text = text
    }

    /// Takes what came from outside; anything that could lead elsewhere is refused.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let path = Array(bytes.prefix { $0 != UInt8(ascii: "?") })
        guard
            bytes.count <= Self.longest, bytes.first == UInt8(ascii: "/"),
            bytes.allSatisfy(Self.isURIByte),
            let decodedPath = PercentEncoding.decode(path), Self.isPlainPath(decodedPath),
            PercentEncoding.decode(Array(bytes[path.count...])) != nil
        else { return nil }
        self.text = text
    }

    /// The path as the value of a field in a query.
    var queryValue: String { PercentEncoding.encode(text) }

    /// Whether a byte may stand in a path or query (RFC 3986 §3.3, §3.4).
    private static func isURIByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "[")...UInt8(ascii: "^"), UInt8(ascii: "`"),
            UInt8(ascii: "{")...UInt8(ascii: "}"):
            false
        default: (0x21...0x7E).contains(byte)
        }
    }

    /// Whether a decoded path has nothing but names between single slashes.
    private static func isPlainPath(_ bytes: [UInt8]) -> Bool {
        let segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let inner = segments.dropFirst().dropLast()
        return !inner.contains { $0.isEmpty }
            && !segments.contains {
                $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
            }
            && !bytes.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
    }
}
