package import HTTP

/// What a browser asks of the preview: the line and the fields of a request (RFC 9112 §3, §5).
package struct RequestHead: Equatable {
    /// What is to be done.
    package let method: Method
    /// Absolute, decoded, without dot segments, and without the query.
    package let path: String
    /// For whom the browser takes this server, in lower case: `localhost:8081`.
    let host: String

    /// Reads a head.
    ///
    /// There is none if that is not how a browser writes one.
    ///
    /// - Parameter bytes: The lines up to the empty one that ends them, without that.
    init?(_ bytes: some Collection<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            return nil
        }
        // "\r\n" is one character.
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        let line = (lines.popFirst() ?? "").split(
            separator: " ", omittingEmptySubsequences: false)
        guard
            line.count == 3, line[2] == "HTTP/1.1" || line[2] == "HTTP/1.0",
            let hosts = Self.hosts(in: lines), hosts.count == 1,
            let path = Self.path(of: line[1])
        else { return nil }
        method = Method(String(line[0]))
        self.path = path
        host = hosts[0]
    }

    /// The values of the field `Host`; `nil` if a line is no field.
    private static func hosts(in lines: some Sequence<Substring>) -> [String]? {
        var hosts: [String] = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let name = line[..<colon]
            guard !name.contains(where: \.isWhitespace) else { return nil }
            if name.lowercased() == "host" {
                let value = line[colon...].dropFirst().filter { $0 != " " && $0 != "\t" }
                hosts.append(value.lowercased())
            }
        }
        return hosts
    }

    private static func path(of target: Substring) -> String? {
        let encoded = Array(target.utf8.prefix { $0 != UInt8(ascii: "?") })
        guard
            target.hasPrefix("/"), let bytes = PercentEncoding.decode(encoded),
            let path = String(validating: bytes, as: UTF8.self), !path.utf8.contains(0),
            !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
        else { return nil }
        return path
    }
}
