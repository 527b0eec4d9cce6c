private import COpenSSL

/// The password-based key derivation function scrypt (RFC 7914).
package enum Scrypt {
    /// Derives a key from a secret at the cost of `parameters`.
    ///
    /// - Parameters:
    ///   - secret: The secret to begin with.
    ///   - salt: Bytes that no other secret shares.
    ///   - parameters: How much memory and time to spend.
    ///   - count: The length of the key in bytes.
    /// - Returns: The key.
    /// - Throws: ``ScryptError`` if there is no memory for it.
    package static func key(
        from secret: [UInt8], salt: [UInt8], parameters: ScryptParameters, count: Int
    ) throws(ScryptError) -> [UInt8] {
        // The machine's openssl.cnf may name modules to load, which a static program cannot do.
        _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)

        var key = [UInt8](repeating: 0, count: count)
        // libcrypto wipes what it worked on before it gives the memory back.
        let succeeded = unsafe secret.withUnsafeBytes { secret in
            unsafe EVP_PBE_scrypt(
                secret.baseAddress?.assumingMemoryBound(to: CChar.self), secret.count,
                salt, salt.count,
                1 << UInt64(parameters.ln), UInt64(parameters.r), UInt64(parameters.p),
                UInt64(parameters.memoryByteCount), &key, key.count)
        }
        guard succeeded == 1 else { throw ScryptError() }
        return key
    }
}

/// There is no memory for a hash.
package struct ScryptError: Error, Equatable {}
