internal import CTLS

/// What all connections over TLS have in common: versions, and whose word about certificates counts.
@safe final class TLSContext: @unchecked Sendable {
    // libssl counts its users, and reads it only.
    let raw: OpaquePointer

    /// Reads the certificates of the authorities.
    ///
    /// - Parameter certificates: A file in PEM.
    /// - Throws: ``WebError/noAuthorities(path:)`` if there is none in it.
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
        guard unsafe SSL_CTX_load_verify_locations(raw, certificates, nil) == 1 else {
            throw .noAuthorities(path: certificates)
        }
    }

    deinit {
        unsafe SSL_CTX_free(raw)
    }
}
