private import CTLS
private import Glibc

/// A connection over TLS to a host whose certificate was checked.
@safe struct TLSConnection: ~Copyable {
    /// The most bytes that a record holds (RFC 8446 §5.1).
    private static let mostBytesOfRecord = 16 << 10

    private let socket: Socket
    private let raw: OpaquePointer

    /// Shakes hands, and refuses a certificate that is not one of the host.
    ///
    /// - Parameters:
    ///   - socket: The connection below.
    ///   - host: The host's name, or its address in digits.
    ///   - isAddress: Which of the two it is.
    ///   - context: The versions and the authorities.
    ///   - deadline: When waiting ends.
    /// - Throws: `WebError`.
    init(
        over socket: consuming Socket, to host: String, isAddress: Bool, _ context: TLSContext,
        by deadline: Deadline
    ) throws(WebError) {
        guard let raw = unsafe SSL_new(context.raw) else {
            fatalError("there is no memory for TLS")
        }
        unsafe self.raw = unsafe raw
        self.socket = socket

        unsafe SSL_set_hostflags(raw, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        guard
            unsafe SSL_set_fd(raw, self.socket.descriptor) == 1,
            // It knows addresses by itself, and looks for them where a certificate has them.
            unsafe SSL_set1_host(raw, host) == 1,
            // RFC 6066 §3: an address is not named.
            unsafe isAddress || Self.setServerName(raw, host)
        else { throw .noTLS("the host's name is too long") }
        guard try repeating(by: deadline, { unsafe SSL_connect(raw) }) != nil else { throw .cutOff }
    }

    deinit {
        unsafe SSL_free(raw)
    }

    /// Sends all bytes.
    func write(_ bytes: [UInt8], by deadline: Deadline) throws(WebError) {
        // Without partial writes, which are off unless asked for, one that succeeds is whole.
        let count = try repeating(by: deadline) {
            unsafe SSL_write(raw, bytes, Int32(bytes.count))
        }
        guard count != nil else { throw .cutOff }
    }

    /// Waits for the next bytes.
    ///
    /// - Returns: nil if the other side has said that there are no more.
    func read(by deadline: Deadline) throws(WebError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Self.mostBytesOfRecord)
        let count = try repeating(by: deadline) {
            unsafe SSL_read(raw, &bytes, Int32(bytes.count))
        }
        return count.map { Array(bytes.prefix(Int($0))) }
    }

    /// Does something as often as it takes, and waits in between.
    ///
    /// - Returns: What it gives in the end; nil if the other side has closed the connection.
    private func repeating(
        by deadline: Deadline, _ step: () -> Int32
    ) throws(WebError) -> Int32? {
        while true {
            ERR_clear_error()
            let result = step()
            let reason = errno
            guard result <= 0 else { return result }
            switch unsafe SSL_get_error(raw, result) {
            case SSL_ERROR_WANT_READ: try deadline.wait(for: socket.descriptor, POLLIN)
            case SSL_ERROR_WANT_WRITE: try deadline.wait(for: socket.descriptor, POLLOUT)
            case SSL_ERROR_ZERO_RETURN: return nil
            case SSL_ERROR_SYSCALL: throw .unreachable(reason)
            default: throw failure
            }
        }
    }

    /// What libssl complains of.
    private var failure: WebError {
        let verdict = unsafe SSL_get_verify_result(raw)
        guard verdict == X509_V_OK else {
            return .untrusted(unsafe String(cString: X509_verify_cert_error_string(verdict)))
        }
        let error = ERR_peek_error()
        guard ERR_GET_REASON(error) != SSL_R_UNEXPECTED_EOF_WHILE_READING else { return .cutOff }
        let reason = unsafe ERR_reason_error_string(error).map { unsafe String(cString: $0) }
        return .noTLS(reason ?? "error \(error)")
    }

    private static func setServerName(_ raw: OpaquePointer, _ host: String) -> Bool {
        var name = host.utf8CString
        return unsafe name.withUnsafeMutableBytes { name in
            unsafe SSL_ctrl(
                raw, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), name.baseAddress)
        } == 1
    }
}
