import CLinux
import Glibc

/// The socket on which the web server hands over requests, one after another.
struct FastCGIListener: ~Copyable {
    /// FastCGI 1.0 §2.2.
    private static let socket = STDIN_FILENO
    /// How many connections are taken that wait already, before it is looked whether the program is to
    /// end.
    private static let mostInARow = 16

    private let timeLimit: Int
    private let roles: [FastCGIRole]
    private let termination = Termination()
    // The one of the last request, if the web server keeps it.
    private var connection: FastCGIConnection?
    private var takenInARow = 0

    /// Takes the socket that the process manager left at descriptor 0.
    init(timeLimit: Int, roles: [FastCGIRole]) {
        self.timeLimit = timeLimit
        self.roles = roles
        // Of several workers that wait for one socket each is woken, but one gets the connection;
        // the others must not be held in accept(2).
        Deadline.prepare(Self.socket)
    }

    /// Waits for the next request.
    ///
    /// - Returns: `nil` once the program is to end, or if the socket is of no use any more.
    mutating func next() -> FastCGIExchange? {
        while let connection = nextConnection() {
            do {
                let beginning = try connection.nextRequest(by: Deadline(seconds: timeLimit))
                self.connection = beginning.keepsConnection ? connection : nil
                return FastCGIExchange(connection, beginning, timeLimit: timeLimit)
            } catch {
                connection.close()
            }
        }
        return nil
    }

    /// Waits for something to read from a connection that the web server keeps, or for a new one.
    private mutating func nextConnection() -> FastCGIConnection? {
        while true {
            let kept = connection.flatMap { $0.isOpen ? $0 : nil }
            if kept == nil, takenInARow < Self.mostInARow, let next = accept() {
                takenInARow += 1
                return next
            }
            takenInARow = 0
            switch termination.next(
                or: kept?.descriptor ?? Self.socket, upTo: kept == nil ? nil : timeLimit)
            {
            case .termination: return nil
            case .timeOver: kept?.close()
            case .readable where kept != nil: return kept
            case .readable:
                if let next = accept() { return next }
                // Another worker was quicker, or the peer is gone already.
                guard [EAGAIN, EINTR, ECONNABORTED, EPROTO].contains(errno) else { return nil }
            }
        }
    }

    /// Takes a connection that waits already, if there is one.
    private func accept() -> FastCGIConnection? {
        let flags = SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = accept4(Self.socket, nil, nil, Int32(flags))
        return descriptor < 0 ? nil : FastCGIConnection(descriptor: descriptor, roles: roles)
    }
}
