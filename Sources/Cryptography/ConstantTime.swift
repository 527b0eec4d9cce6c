private import COpenSSL

/// Whether two secrets are equal, found in a time that depends on their length alone.
///
/// - Parameters:
///   - a: One secret.
///   - b: The other.
/// - Returns: Whether they are equal. A different length is no secret and answers at once.
func areEqualInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}

extension [UInt8] {
    /// Overwrites a secret that is not needed any more, in a way no compiler leaves out.
    mutating func wipe() {
        unsafe withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
