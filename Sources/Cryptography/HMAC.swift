/// HMAC with some hash function (RFC 2104), the function below keys, tags and one-time passwords.
///
/// Code that authenticates something uses ``AuthenticationKey``, which separates fields.
package struct HMAC<Hash: HashFunction>: Sendable {
    private var inner = Hash()
    private var outer = Hash()

    /// Begins a code of nothing under a key of any length.
    package init(key: [UInt8]) {
        var block = key.count > Hash.blockByteCount ? Hash.digest(of: key) : key
        block += [UInt8](repeating: 0, count: Hash.blockByteCount - block.count)
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5C })
        block.wipe()
    }

    /// Appends `bytes` to the message.
    package mutating func update(_ bytes: [UInt8]) {
        inner.update(bytes)
    }

    /// Returns the code of everything appended so far, as long as a digest.
    package func code() -> [UInt8] {
        var last = outer
        last.update(inner.digest())
        return last.digest()
    }
}
