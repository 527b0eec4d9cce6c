private import Glibc
internal import HTTP

/// A browser that has come: it asks once, is answered, and goes.
final class LoopbackConnection {
    let descriptor: Int32
    private(set) var isClosed = false
    private var received: [UInt8] = []
    private var isAnswered = false
    /// When patience is over, by the clock that never jumps.
    private var deadline = seconds + patience

    /// Within how many seconds a browser has to ask; some open connections that they never use.
    private static let patience = 20
    private static let mostBytes = 16 << 10

    /// Takes a connection that waits.
    init?(from listener: Int32) {
        descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return nil }
        // One that takes no answer must not hold up the others for long.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    /// Reads what has come, and answers once that is a whole request.
    ///
    /// - Parameter answer: Gives the answer, and whether its body is sent; it gets `nil` instead of a
    ///   request that is too long.
    func read(
        _ answer: ([UInt8]?) throws -> (response: Response, hasBody: Bool)
    ) rethrows {
        var buffer = [UInt8](repeating: 0, count: Self.mostBytes)
        let count = unsafe recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { close() }
            return
        }
        guard !isAnswered else { return }  // the body of a form, which nobody wants
        received += buffer.prefix(count)
        let end = received.firstRange(of: Array("\r\n\r\n".utf8))
        guard end != nil || received.count >= Self.mostBytes else { return }
        let (response, hasBody) = try answer(end.map { Array(received[..<$0.lowerBound]) })
        send(response, hasBody: hasBody)
    }

    /// Closes the connection if nothing more is to be expected.
    func closeIfOver() {
        if Self.seconds >= deadline { close() }
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        _ = Glibc.close(descriptor)
    }

    /// Sends the answer, and waits for the browser to hang up first: if this end did, with something
    /// unread, the answer might be lost (RFC 9112 §9.6).
    private func send(_ response: Response, hasBody: Bool) {
        let status = response.status
        var head = "HTTP/1.1 \(status.rawValue) \(status.reasonPhrase)\r\n"
        for field in response.fields {
            head += "\(field.name.text): \(field.value.text)\r\n"
        }
        head += "Content-Length: \(response.body.count)\r\nDate: \(Self.date)\r\n"
        var rest =
            (Array((head + "Connection: close\r\n\r\n").utf8) + (hasBody ? response.body : []))[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return close() }
            rest = rest.dropFirst(count)
        }
        isAnswered = true
        deadline = Self.seconds + 2
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    private static var seconds: Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec
    }

    /// The time as RFC 9110 §5.6.7 writes it.
    private static var date: String {
        var now = time(nil)
        var parts = unsafe tm()
        unsafe gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 40)
        let count = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
