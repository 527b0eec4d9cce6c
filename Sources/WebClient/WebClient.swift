private import CTLS
private import Glibc
private import Synchronization

/// Asks one service over TLS, and gives up in time.
///
/// It takes no answer but one with status 200, follows no redirection, knows no proxy, and trusts
/// nobody for whom the named authorities do not vouch. Nothing is read or begun before it is asked.
package final class WebClient: Sendable {
    private let service: WebAddress
    private let certificates: String
    private let context = Mutex<TLSContext?>(nil)
    private let lookup = Mutex<NameLookup?>(nil)

    /// Names the service.
    ///
    /// - Parameters:
    ///   - service: The address below which everything is that is asked for.
    ///   - certificates: The certificates of authorities: a file in PEM, or a directory as
    ///     `openssl rehash` leaves it, which is opened faster.
    package init(of service: WebAddress, certificates: String) {
        self.service = service
        self.certificates = certificates
    }

    /// Gets what stands at an address below that of the service.
    ///
    /// - Parameters:
    ///   - name: The address's last part, in letters and digits.
    ///   - headers: Header fields besides `Host`.
    ///   - limit: How many bytes the content can have.
    ///   - milliseconds: For how long to wait in all, from the lookup of the name to the last byte.
    /// - Returns: The content.
    /// - Throws: `WebError`.
    package func get(
        _ name: String, headers: [(name: String, value: String)], atMost limit: Int,
        within milliseconds: Int
    ) throws(WebError) -> [UInt8] {
        let deadline = Deadline(inMilliseconds: milliseconds)
        var exchange = HTTPExchange(
            get: service.appending(name).path,
            headers: [("Host", service.authority)] + headers, atMost: limit)
        let pipes = BrokenPipes()
        defer { pipes.forget() }
        let connection = try connection(by: deadline)
        try connection.write(exchange.request(), by: deadline)
        while let bytes = try connection.read(by: deadline) {
            if let content = try exchange.take(bytes) { return content }
        }
        return try exchange.end()
    }

    private func connection(by deadline: Deadline) throws(WebError) -> TLSConnection {
        let context = try sharedContext
        let digits = try? SocketAddress.all(
            of: service.host, port: service.port, flags: AI_NUMERICHOST)
        let addresses =
            if let digits { digits } else { try currentLookup.addresses(by: deadline) }
        let socket = try Socket.connected(to: addresses, by: deadline)
        return try TLSConnection(
            over: socket, to: service.host, isAddress: digits != nil, context, by: deadline)
    }

    /// A lookup that goes on, which whoever gave up before has left, or a new one.
    private var currentLookup: NameLookup {
        lookup.withLock { lookup in
            if let lookup, lookup.goesOn { return lookup }
            let begun = NameLookup(of: service.host, port: service.port)
            lookup = begun
            return begun
        }
    }

    private var sharedContext: TLSContext {
        get throws(WebError) {
            try context.withLock { context throws(WebError) in
                if let context { return context }
                let made = try TLSContext(certificates: certificates)
                context = made
                return made
            }
        }
    }
}

extension WebAddress {
    /// The host, and the port unless it is the usual one.
    fileprivate var authority: String { port == 443 ? host : "\(host):\(port)" }
}

/// Holds back the signal that ends a program which writes to a connection nobody reads from.
private struct BrokenPipes {
    private var signal = sigset_t()
    private var before = sigset_t()

    init() {
        unsafe sigemptyset(&signal)
        unsafe sigaddset(&signal, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signal, &before)
    }

    /// Takes one that has come, and lets others come again.
    func forget() {
        var signal = signal
        var before = before
        var noTime = timespec()
        unsafe sigtimedwait(&signal, nil, &noTime)
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
