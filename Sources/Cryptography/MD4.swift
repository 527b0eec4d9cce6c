private import COpenSSL

/// The hash MD4 (RFC 1320).
///
/// It protects nothing. Lists of breached passwords are hashed with it, and whoever has the list has
/// the passwords.
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
