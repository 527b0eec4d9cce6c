/// A hash function, at some point of a message.
package protocol HashFunction: Sendable {
    /// The length of a digest in bytes.
    static var digestByteCount: Int { get }

    /// The length in bytes of the block that the function works on, which HMAC needs to know.
    static var blockByteCount: Int { get }

    /// Begins a hash of nothing.
    init()

    /// Appends `bytes` to what is hashed.
    mutating func update(_ bytes: [UInt8])

    /// Returns the digest of everything appended so far.
    func digest() -> [UInt8]
}

extension HashFunction {
    /// Returns the digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var hash = Self()
        hash.update(bytes)
        return hash.digest()
    }
}
