private import COpenSSL

/// The hash SHA-1 (FIPS 180-4) of bytes that come in one piece or in several.
///
/// It protects nothing by itself, for two texts of one digest can be made. What is defined with it
/// needs it: lists of breached passwords, and one-time passwords, whose HMAC is as good as ever
/// (RFC 6194 §3.3).
package struct SHA1: HashFunction {
    /// The length of a digest in bytes.
    package static let digestByteCount = 20

    /// The length of a block in bytes.
    package static let blockByteCount = 64

    private var context = SHA_CTX()

    /// Begins a hash of nothing.
    package init() {
        unsafe SHA1_Init(&context)
    }

    /// Appends `bytes` to what is hashed.
    package mutating func update(_ bytes: [UInt8]) {
        unsafe SHA1_Update(&context, bytes, bytes.count)
    }

    /// Returns the digest of everything appended so far.
    package func digest() -> [UInt8] {
        var last = context
        return unsafe [UInt8](unsafeUninitializedCapacity: Self.digestByteCount) { buffer, filled in
            unsafe SHA1_Final(buffer.baseAddress, &last)
            filled = Self.digestByteCount
        }
    }
}
