/// Where a request goes over TLS: a host, a port and a path.
package struct WebAddress: Sendable, Equatable {
    /// The host's name, in small ASCII letters.
    package let host: String
    /// The port; 443 where the address names none.
    package let port: UInt16
    /// The path, which begins with `/`.
    package let path: String

    /// Takes an address that begins with `https://`.
    ///
    /// - Returns: nil for anything with a user, a query, a fragment, or characters that are not
    ///   printable ASCII.
    package init?(_ text: String) {
        let scheme = "https://"
        guard text.hasPrefix(scheme), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "@?#\\".contains($0) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash].split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(authority.count), let host = authority.first, !host.isEmpty else {
            return nil
        }
        guard let port = authority.count == 1 ? 443 : UInt16(authority[1]), port > 0 else {
            return nil
        }
        self.host = host.lowercased()
        self.port = port
        path = slash == rest.endIndex ? "/" : String(rest[slash...])
    }

    /// The address below this one.
    package func appending(_ name: String) -> WebAddress {
        WebAddress(host: host, port: port, path: (path.hasSuffix("/") ? path : path + "/") + name)
    }

    private init(host: String, port: UInt16, path: String) {
        self.host = host
        self.port = port
        self.path = path
    }
}
