private import COpenSSL

/// The hash MD5 (RFC 1321).
///
/// It protects nothing. Old hashes of passwords that other programs made are made of it.
enum MD5 {
    /// Returns the digest of `bytes`.
    static func digest(of bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, filled in
            var context = MD5_CTX()
            unsafe MD5_Init(&context)
            unsafe MD5_Update(&context, bytes, bytes.count)
            unsafe MD5_Final(buffer.baseAddress, &context)
            filled = 16
        }
    }
}
