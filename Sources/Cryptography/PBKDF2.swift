private import COpenSSL

/// The password-based key derivation function PBKDF2 (RFC 8018 §5.2).
enum PBKDF2 {
    /// The function whose HMAC is iterated.
    enum Function: Sendable {
        case sha1
        case sha256

        /// The length of a digest in bytes.
        var byteCount: Int {
            switch self {
            case .sha1: SHA1.digestByteCount
            case .sha256: SHA256.digestByteCount
            }
        }
    }

    /// Derives a key of the length of a digest.
    static func key(
        from secret: [UInt8], salt: [UInt8], iterations: Int, function: Function
    ) -> [UInt8] {
        // As in `Scrypt`.
        _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        let digest = unsafe function == .sha1 ? EVP_sha1() : EVP_sha256()
        var key = [UInt8](repeating: 0, count: function.byteCount)
        let succeeded = unsafe secret.withUnsafeBytes { secret in
            unsafe PKCS5_PBKDF2_HMAC(
                secret.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(secret.count),
                salt, Int32(salt.count), Int32(iterations), digest, Int32(key.count), &key)
        }
        precondition(succeeded == 1, "there is always memory for a few blocks")
        return key
    }
}
