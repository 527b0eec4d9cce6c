/// Derivation of keys from a key, with SHA-256 (RFC 5869).
package enum HKDF {
    /// Derives a key that tells nothing about the others made from the same key.
    ///
    /// - Parameters:
    ///   - inputKey: The secret to begin with.
    ///   - salt: A value that need not be secret; may be empty.
    ///   - info: What the derived key is for.
    ///   - count: Its length in bytes, at most 255 × 32.
    /// - Returns: The derived key.
    package static func key(
        from inputKey: [UInt8], salt: [UInt8] = [], info: [UInt8], count: Int
    ) -> [UInt8] {
        precondition(count <= 255 * SHA256.digestByteCount, "RFC 5869 §2.3")

        // §2.2: an empty salt stands for zeros, and HMAC pads a key with zeros anyway.
        var extract = HMAC<SHA256>(key: salt)
        extract.update(inputKey)
        let expand = HMAC<SHA256>(key: extract.code())

        // §2.3: T(n) is the code of T(n - 1), the info and n.
        var output: [UInt8] = []
        var previous: [UInt8] = []
        var number: UInt8 = 1
        while output.count < count {
            var round = expand
            round.update(previous + info + [number])
            previous = round.code()
            output += previous
            number &+= 1
        }
        return Array(output.prefix(count))
    }
}
