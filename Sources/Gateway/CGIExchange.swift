// C's environment is a variable that any thread could change; this program has one.
@unsafe @preconcurrency import Glibc
import HTTP

/// The one request of a CGI program: its environment, standard input and standard output.
struct CGIExchange: Exchange, ~Copyable {
    let isForAuthorizer = false
    private let timeLimit: Int
    private var isRead = false

    init(timeLimit: Int) {
        self.timeLimit = timeLimit
        Deadline.prepare(STDIN_FILENO)
        Deadline.prepare(STDOUT_FILENO)
        // The client's `Proxy` field, which an HTTP library would obey (httpoxy, A55).
        unsafe unsetenv("HTTP_PROXY")
    }

    func metaVariables() throws(RequestError) -> MetaVariables {
        try unsafe MetaVariables(environment: environ)
    }

    // Whether more follows is not looked at: a web server need not end standard input where the
    // body ends (RFC 3875 §4.2).
    mutating func body(length: Int) throws(RequestError) -> [UInt8] {
        let deadline = Deadline(seconds: timeLimit)
        var body = [UInt8](repeating: 0, count: length)
        var filled = 0
        while filled < length {
            let count = unsafe body.withUnsafeMutableBytes {
                unsafe deadline.read(
                    STDIN_FILENO, into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
            }
            guard count >= 0 else { throw errno == ETIMEDOUT ? .bodyTooSlow : .bodyTooShort }
            guard count > 0 else { throw .bodyTooShort }
            filled += count
        }
        isRead = true
        return body
    }

    consuming func finish(with text: CGIText) {
        if !isRead {
            Self.discardBody()
        }
        func send(_ bytes: [UInt8]) -> Bool {
            Deadline(seconds: timeLimit).write(bytes, to: STDOUT_FILENO)
        }
        guard send(text.bytes) else { return }
        _ = text.file?.forEachPiece(upTo: 1 << 16, send)
    }

    /// Reads what is left of a body that is refused.
    ///
    /// Apache's mod_cgid hands it over and takes the answer through one socket; were that closed with
    /// something unread, the end of the answer would be lost.
    private static func discardBody() {
        let deadline = Deadline(seconds: 1)
        let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { unsafe rest.deallocate() }
        while unsafe deadline.read(STDIN_FILENO, into: rest) > 0 {}
    }
}
