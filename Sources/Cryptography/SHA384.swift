private import COpenSSL

/// The hash SHA-384 (FIPS 180-4) of bytes that come in one piece or in several.
struct SHA384: HashFunction {
    /// The length of a digest in bytes.
    static let digestByteCount = 48

    /// The length of a block in bytes.
    static let blockByteCount = 128

    private var context = SHA512_CTX()

    /// Begins a hash of nothing.
    init() {
        unsafe SHA384_Init(&context)
    }

    /// Appends `bytes` to what is hashed.
    mutating func update(_ bytes: [UInt8]) {
        unsafe SHA384_Update(&context, bytes, bytes.count)
    }

    /// Returns the digest of everything appended so far.
    func digest() -> [UInt8] {
        var last = context
        return unsafe [UInt8](unsafeUninitializedCapacity: Self.digestByteCount) { buffer, filled in
            unsafe SHA384_Final(buffer.baseAddress, &last)
            filled = Self.digestByteCount
        }
    }
}
