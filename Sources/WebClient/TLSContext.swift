internal import CTLS
private import Glibc

/// What all connections over TLS have in common: versions, and whose word about certificates counts.
@safe final class TLSContext: @unchecked Sendable {
    // libssl counts its users, and reads it only.
    let raw: OpaquePointer

    /// Reads the certificates of the authorities.
    ///
    /// - Parameter certificates: A file in PEM, or a directory as `openssl rehash` leaves it, of
    ///   which only what is needed is read.
    /// - Throws: ``WebError/noAuthorities(path:)`` if there is none in the file.
    init(certificates: String) throws(WebError) {
        // The machine's openssl.cnf may name modules to load, which a static program cannot do.
        _ = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        guard let raw = unsafe SSL_CTX_new(TLS_client_method()) else {
            fatalError("there is no memory for TLS")
        }
        unsafe self.raw = unsafe raw

        unsafe SSL_CTX_set_security_level(raw, 2)
        _ = unsafe SSL_CTX_ctrl(raw, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        _ = unsafe SSL_CTX_set_options(raw, postern_tls_options)
        // Records without content must not keep a read from looking at the time.
        _ = unsafe SSL_CTX_ctrl(raw, SSL_CTRL_CLEAR_MODE, Int(SSL_MODE_AUTO_RETRY), nil)
        unsafe SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nil)
        let areRead =
            if Self.isDirectory(certificates) {
                unsafe SSL_CTX_load_verify_dir(raw, certificates)
            } else {
                unsafe SSL_CTX_load_verify_file(raw, certificates)
            }
        guard areRead == 1 else { throw .noAuthorities(path: certificates) }
    }

    deinit {
        unsafe SSL_CTX_free(raw)
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
