private import COpenSSL

/// Whether two secrets of one length are equal, found in a time that does not depend on the secrets.
///
/// - Parameters:
///   - a: One secret.
///   - b: The other, of the same length.
/// - Returns: Whether all bytes are equal.
package func areEqualInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    precondition(a.count == b.count, "secrets of one kind have one length")
    return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}

/// Overwrites a secret that is not needed any more, in a way no compiler leaves out.
@unsafe func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
    unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count)
}

extension [UInt8] {
    /// Overwrites a secret that is not needed any more.
    mutating func wipe() {
        unsafe withUnsafeMutableBytes { unsafe Cryptography.wipe($0) }
    }
}
