/// A path as web servers understand it: decoded once, without empty and dot segments (RFC 3986 §6.2.2).
///
/// What two programs could understand differently is no such path: an encoded slash, a backslash, a
/// percent sign that is left after decoding, a control, dots that lead above the root (A68).
package struct SitePath: Sendable, Hashable {
    /// The decoded path, such as `/members/board/`.
    package let text: String

    /// Reads the path of a URI as a client wrote it, in origin or absolute form (RFC 9112 §3.2).
    package init?(uri: [UInt8]) {
        let path = Self.path(of: uri)
        guard
            let decoded = PercentEncoding.decode(path), !path.contains(UInt8(ascii: "#")),
            !decoded.contains(UInt8(ascii: "%")),
            decoded.count(where: Self.isSlash) == path.count(where: Self.isSlash)
        else { return nil }
        self.init(decoded: decoded)
    }

    /// Takes a path that the web server has decoded.
    package init?(decoded bytes: [UInt8]) {
        guard
            let text = String(validating: bytes, as: UTF8.self), text.utf8.first == 0x2F,
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") })
        else { return nil }

        guard !Self.isNormal(bytes) else {
            self.text = text
            return
        }
        // Bytes are split, as web servers do: to Swift, a slash under an accent is no slash.
        var segments: [Substring.UTF8View] = []
        var isDirectory = true
        let parts = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        for segment in parts.dropFirst() {
            let isUp = segment.elementsEqual("..".utf8)
            isDirectory = isUp || segment.isEmpty || segment.elementsEqual(".".utf8)
            if isUp {
                guard segments.popLast() != nil else { return nil }
            } else if !isDirectory {
                segments.append(segment)
            }
        }
        let slash = isDirectory && !segments.isEmpty ? "/" : ""
        self.text = "/" + segments.map { String(Substring($0)) }.joined(separator: "/") + slash
    }

    /// Whether a path has neither empty nor dot segments, as nearly all have.
    private static func isNormal(_ path: [UInt8]) -> Bool {
        !zip(path, path.dropFirst()).contains { byte, next in
            isSlash(byte) && (isSlash(next) || next == UInt8(ascii: "."))
        }
    }

    /// The path as it stands in a URI.
    package var uri: String {
        PercentEncoding.encode(text) { byte in
            PercentEncoding.isUnreserved(byte) || "/!$&'()*+,;=:@".utf8.contains(byte)
        }
    }

    /// The path of a URI, still encoded.
    static func path(of uri: [UInt8]) -> [UInt8] {
        var rest = uri[...]
        for scheme in ["http://", "https://"] where rest.starts(with: scheme.utf8) {
            rest = rest.dropFirst(scheme.utf8.count).drop { !isSlash($0) }
        }
        return Array(rest.prefix { $0 != UInt8(ascii: "?") })
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") }
}
