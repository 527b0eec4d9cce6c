import CFastCGI
import Glibc

/// The socket on which the web server hands over requests, one after another.
@safe struct FastCGIListener: ~Copyable {
    // libfcgi keeps a connection open across requests in this structure, so it must not move.
    private let raw: UnsafeMutablePointer<FCGX_Request>
    private let timeLimit: TimeLimit
    private let termination: Termination

    /// Takes the socket that the process manager left at descriptor 0.
    init(timeLimit: TimeLimit) {
        self.timeLimit = timeLimit
        termination = Termination()
        unsafe raw = UnsafeMutablePointer.allocate(capacity: 1)
        guard
            FCGX_Init() == 0,
            unsafe FCGX_InitRequest(raw, FCGI_LISTENSOCK_FILENO, FCGI_FAIL_ACCEPT_ON_INTR) == 0
        else { fatalError("there is no memory for libfcgi") }
        // A web server that went away is seen in the result of write(2).
        signal(SIGPIPE, SIG_IGN)
        // Of several workers that wait for one socket each is woken, but one gets the connection;
        // the others must not be held in accept(2).
        _ = fcntl(FCGI_LISTENSOCK_FILENO, F_SETFL, O_NONBLOCK)
    }

    deinit {
        unsafe FCGX_Free(raw, 1)
        unsafe raw.deallocate()
    }

    /// Waits for the next request.
    ///
    /// - Returns: `nil` once the program is to end, or if the socket is of no use any more.
    func next() -> FastCGIExchange? {
        while isReady() {
            switch timeLimit.bound({ unsafe FCGX_Accept_r(raw) }) {
            case 0 where isWholeRequest():
                return unsafe FastCGIExchange(raw, timeLimit: timeLimit)
            case 0:
                unsafe FCGX_Free(raw, 1)
            case -EAGAIN, -EINTR:
                // Another worker was quicker, or what came was no request.
                break
            default:
                return nil
            }
        }
        return nil
    }

    /// Whether the parameters of a responder's request came to their end.
    ///
    /// libfcgi takes parameters that break off between two of them for all.
    private func isWholeRequest() -> Bool {
        unsafe raw.pointee.role == FCGI_RESPONDER && FCGX_GetError(raw.pointee.in) == 0
    }

    /// Waits for something to read from a connection that the web server keeps, or for a new one.
    ///
    /// - Returns: `false` if the program is to end.
    private func isReady() -> Bool {
        while true {
            let kept = unsafe raw.pointee.ipcFd
            let isKept = kept >= 0
            switch termination.next(
                or: isKept ? kept : FCGI_LISTENSOCK_FILENO,
                upTo: isKept ? timeLimit.seconds : nil)
            {
            case .readable: return true
            case .termination: return false
            case .timeOver: unsafe FCGX_Free(raw, 1)
            }
        }
    }
}
