internal import UnicodeText

/// The address of a site: a scheme, a host and perhaps a port, and nothing else.
///
/// It comes from the configuration alone, because what a request says of its host may be anybody's
/// invention (A1, S33). It is `https`, save that a site on the machine itself may do with `http`:
/// browsers treat `localhost` as secure, too (W3C Secure Contexts §3.1).
package struct SiteURL: Sendable, Hashable {
    /// The origin (RFC 6454 §6.2), such as `https://example.org` or `http://localhost:8080`.
    package let origin: String
    /// The host in A-labels, without the port.
    package let host: String

    /// Reads an address; one slash behind the host is overlooked, anything more is refused.
    package init?(_ text: String) {
        guard let scheme = ["https", "http"].first(where: { text.hasPrefix("\($0)://") }) else {
            return nil
        }
        var authority = text.dropFirst("\(scheme)://".count)
        if authority.last == "/" { authority.removeLast() }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = try? DomainName(String(parts[0])).ascii else {
            return nil
        }
        guard scheme == "https" || host == "localhost" || host == "127.0.0.1" else { return nil }

        var origin = "\(scheme)://\(host)"
        if parts.count == 2 {
            guard let port = Int(parts[1]), (1...65_535).contains(port), "\(port)" == parts[1]
            else {
                return nil
            }
            if port != (scheme == "https" ? 443 : 80) { origin += ":\(port)" }
        }
        self.origin = origin
        self.host = host
    }

    /// The address of a page of the site: its path, which begins with a slash, and a query whose
    /// names and values are percent-encoded here.
    package func url(_ path: String, query: [(name: String, value: String)] = []) -> String {
        let pairs = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        return origin + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }
}
