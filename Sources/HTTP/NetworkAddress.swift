import Glibc

/// The address of a client on the network, IPv4 or IPv6.
///
/// An IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    // 4 or 16, in network order.
    private let bytes: [UInt8]

    /// Reads an address in its usual text form (RFC 4291 §2.2), without a port or a zone.
    package init?(_ text: String) {
        // inet_pton would stop at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.bytes(of: text, family: AF_INET, count: 4) {
            self.bytes = bytes
        } else if let bytes = Self.bytes(of: text, family: AF_INET6, count: 16) {
            self.bytes = bytes.starts(with: Self.mappedPrefix) ? [UInt8](bytes.suffix(4)) : bytes
        } else {
            return nil
        }
    }

    /// The address in canonical text (RFC 5952).
    package var description: String { Self.text(bytes) }

    /// The network that is counted as one client: the address itself for IPv4, /64 for IPv6 (S12).
    ///
    /// A subscriber of IPv6 has at least a /64 of his own (RFC 6177 §2), so that a count for each
    /// address would never stop him.
    package var network: String {
        guard bytes.count == 16 else { return "\(Self.text(bytes))/32" }
        return "\(Self.text(bytes.prefix(8) + [UInt8](repeating: 0, count: 8)))/64"
    }

    /// The address of nobody, `0.0.0.0` (RFC 1122 §3.2.1.3).
    static let unspecified = NetworkAddress(bytes: [0, 0, 0, 0])

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe inet_pton(family, text, &bytes) == 1 else { return nil }
        return bytes
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let text = unsafe [CChar](unsafeUninitializedCapacity: Int(INET6_ADDRSTRLEN)) {
            buffer, count in
            let start = unsafe inet_ntop(
                family, bytes, buffer.baseAddress, socklen_t(buffer.count))
            count = unsafe start.map { unsafe strlen($0) } ?? 0
        }
        return String(decoding: text.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
