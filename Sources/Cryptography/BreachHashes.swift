private import COpenSSL

// The two functions by which lists of breached passwords are hashed. Neither protects anything here:
// whoever has the list has the passwords.

/// The hash SHA-1 (FIPS 180-4).
package enum SHA1 {
    /// The length of a digest in bytes.
    package static let digestByteCount = 20

    /// Returns the digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: digestByteCount) { buffer, filled in
            var context = SHA_CTX()
            unsafe SHA1_Init(&context)
            unsafe SHA1_Update(&context, bytes, bytes.count)
            unsafe SHA1_Final(buffer.baseAddress, &context)
            filled = digestByteCount
        }
    }
}

/// The hash MD4 (RFC 1320).
package enum MD4 {
    /// The length of a digest in bytes.
    package static let digestByteCount = 16

    /// Returns the digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: digestByteCount) { buffer, filled in
            var context = MD4_CTX()
            unsafe MD4_Init(&context)
            unsafe MD4_Update(&context, bytes, bytes.count)
            unsafe MD4_Final(buffer.baseAddress, &context)
            filled = digestByteCount
        }
    }
}
