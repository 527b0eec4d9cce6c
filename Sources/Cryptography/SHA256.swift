private import COpenSSL

/// The hash SHA-256 (FIPS 180-4) of bytes that come in one piece or in several.
package struct SHA256: HashFunction {
    /// The length of a digest in bytes.
    package static let digestByteCount = 32

    /// The length of a block in bytes.
    package static let blockByteCount = 64

    private var context = SHA256_CTX()

    /// Begins a hash of nothing.
    package init() {
        unsafe SHA256_Init(&context)
    }

    /// Appends `bytes` to what is hashed.
    package mutating func update(_ bytes: [UInt8]) {
        unsafe SHA256_Update(&context, bytes, bytes.count)
    }

    /// Returns the digest of everything appended so far.
    package func digest() -> [UInt8] {
        var last = context
        return unsafe [UInt8](unsafeUninitializedCapacity: Self.digestByteCount) { buffer, filled in
            unsafe SHA256_Final(buffer.baseAddress, &last)
            filled = Self.digestByteCount
        }
    }
}
