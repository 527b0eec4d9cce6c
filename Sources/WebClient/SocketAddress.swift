internal import Glibc

/// Where a socket can be connected to: what the system calls a `sockaddr`, of any family.
struct SocketAddress: Sendable {
    let family: Int32
    private let bytes: [UInt8]

    /// Asks the system for the addresses of a host, which may take long.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in digits.
    ///   - port: The port.
    ///   - flags: `AI_NUMERICHOST` if nobody is to be asked about a name.
    /// - Returns: The addresses, those first that are likely to be reached.
    /// - Throws: ``WebError/unknownHost(_:)``.
    static func all(of host: String, port: UInt16, flags: Int32 = 0) throws(WebError) -> [Self] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            throw .unknownHost(unsafe String(cString: gai_strerror(code)))
        }
        defer { unsafe freeaddrinfo(list) }

        var addresses: [Self] = []
        var entry = unsafe list
        while let found = unsafe entry?.pointee {
            let bytes = unsafe UnsafeRawBufferPointer(
                start: found.ai_addr, count: Int(found.ai_addrlen))
            addresses.append(unsafe Self(family: found.ai_family, bytes: Array(bytes)))
            unsafe entry = found.ai_next
        }
        return addresses
    }

    /// Begins to connect a socket that does not block.
    ///
    /// - Returns: 0, or an `errno`; `EINPROGRESS` if it takes a while.
    func connect(_ socket: Int32) -> Int32 {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe Glibc.connect(
                socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count))
        }
        return result == 0 ? 0 : errno
    }
}
