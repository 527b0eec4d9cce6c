/// HMAC with SHA-256 (RFC 2104), the function below keys and tags.
///
/// Code that authenticates something uses ``AuthenticationKey``, which separates fields.
package struct HMAC: Sendable {
    private var inner = SHA256()
    private var outer = SHA256()

    /// Begins a code of nothing under a key of any length.
    package init(key: [UInt8]) {
        var block = key.count > SHA256.blockByteCount ? SHA256.digest(of: key) : key
        block += [UInt8](repeating: 0, count: SHA256.blockByteCount - block.count)
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5C })
        block.wipe()
    }

    /// Appends `bytes` to the message.
    package mutating func update(_ bytes: [UInt8]) {
        inner.update(bytes)
    }

    /// Returns the code of everything appended so far, 32 bytes.
    package func code() -> [UInt8] {
        var last = outer
        last.update(inner.digest())
        return last.digest()
    }
}
