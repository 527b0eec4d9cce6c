private import Glibc

/// A connection over TCP that never blocks.
struct Socket: ~Copyable {
    let descriptor: Int32

    /// Connects to the first of some addresses that answers.
    ///
    /// Each has an equal share of the time that is left, so that one which swallows everything does
    /// not stand in the way of the next.
    static func connected(
        to addresses: [SocketAddress], by deadline: Deadline
    ) throws(WebError) -> Socket {
        var failure = WebError.unknownHost("it has no address")
        for (number, address) in addresses.enumerated() {
            let share = deadline.millisecondsLeft / (addresses.count - number)
            do throws(WebError) {
                let socket = try Socket(family: address.family)
                try socket.connect(to: address, by: Deadline(inMilliseconds: share))
                return socket
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private init(family: Int32) throws(WebError) {
        let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        descriptor = socket(family, Int32(type), 0)
        guard descriptor >= 0 else { throw .unreachable(errno) }
    }

    deinit {
        close(descriptor)
    }

    private func connect(to address: SocketAddress, by deadline: Deadline) throws(WebError) {
        var failure = address.connect(descriptor)
        if failure == EINPROGRESS {
            try deadline.wait(for: descriptor, POLLOUT)
            var size = socklen_t(MemoryLayout<Int32>.size)
            unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        }
        guard failure == 0 else { throw .unreachable(failure) }
    }
}
