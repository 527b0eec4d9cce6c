private import Glibc
package import HTTP

/// A small web server for the browsers of this machine (RFC 9112).
///
/// It listens on 127.0.0.1, answers one request on each connection, and answers only whoever asks
/// for this machine by name: a page of another site, whose name was made to lead here, is refused
/// (DNS rebinding).
package final class LoopbackServer {
    /// The port on which it listens.
    package let port: UInt16

    private let listener: Int32
    private var connections: [LoopbackConnection] = []

    /// As many as a browser opens several times over; whoever comes then has to wait.
    private static let mostConnections = 64

    /// Begins to listen.
    ///
    /// - Parameter port: The port, or 0 for one that is free.
    /// - Throws: ``LoopbackError`` if it is taken or not allowed.
    package init(port: UInt16) throws(LoopbackError) {
        let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let listener = socket(AF_INET, Int32(type), 0)
        guard listener >= 0 else { throw LoopbackError(errno) }

        var reuse: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, length) == 0 && listen(listener, SOMAXCONN) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else {
            let error = LoopbackError(errno)
            close(listener)
            throw error
        }
        self.listener = listener
        self.port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        for connection in connections {
            connection.close()
        }
        close(listener)
    }

    /// Waits for something to do, and does it.
    ///
    /// - Parameters:
    ///   - milliseconds: How long nothing may happen.
    ///   - respond: Answers a request.
    /// - Throws: What `respond` throws.
    package func serve(
        milliseconds: Int32, _ respond: (RequestHead) throws -> Response
    ) rethrows {
        let descriptors =
            (connections.count < Self.mostConnections ? [listener] : [])
            + connections.map(\.descriptor)
        var wanted = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = unsafe poll(&wanted, nfds_t(wanted.count), milliseconds)
        let ready = count > 0 ? Set(wanted.filter { $0.revents != 0 }.map(\.fd)) : []
        for connection in connections {
            if ready.contains(connection.descriptor) {
                try connection.read { try answer(to: $0, respond) }
            }
            connection.closeIfOver()
        }
        connections.removeAll(where: \.isClosed)
        if ready.contains(listener), let connection = LoopbackConnection(from: listener) {
            connections.append(connection)
        }
    }

    /// Answers the bytes of a request, which are `nil` if there were too many.
    private func answer(
        to head: [UInt8]?, _ respond: (RequestHead) throws -> Response
    ) rethrows -> (response: Response, hasBody: Bool) {
        guard let request = head.flatMap({ RequestHead($0) }) else {
            return (.text("Bad Request\n", status: .badRequest), true)
        }
        guard ["localhost", "127.0.0.1"].contains(where: { "\($0):\(port)" == request.host }) else {
            return (
                .text(
                    "This preview is at http://localhost:\(port) alone.\n",
                    status: .misdirectedRequest), true
            )
        }
        return (try respond(request), request.method != .head)
    }
}

/// Why the preview cannot listen.
package struct LoopbackError: Error {
    /// What the system says.
    package let reason: String

    fileprivate init(_ code: Int32) {
        reason = unsafe String(cString: strerror(code))
    }
}
