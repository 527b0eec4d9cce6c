/// What a hash costs (RFC 7914 §2).
package struct ScryptParameters: Sendable, Hashable {
    /// The most memory in bytes that one hash may take: 2^17/8/1, with its small change.
    private static let maximumByteCount = 144 << 20

    /// The binary logarithm of N, the number of blocks in memory.
    package let ln: Int
    /// The size of a block in units of 128 bytes.
    package let r: Int
    /// How many times the memory is filled, one after another.
    package let p: Int

    /// 16 MiB, five times over: a row of OWASP's table that many hashes at once can afford (D6).
    package static let standard = Self(unchecked: 14, r: 8, p: 5)

    private init(unchecked ln: Int, r: Int, p: Int) {
        self.ln = ln
        self.r = r
        self.p = p
    }

    /// Checks parameters from a setting or a hash.
    ///
    /// - Returns: `nil` unless `ln` is 1 to 17, `r` and `p` are 1 to 32, and a hash takes no more
    ///   than 144 MiB.
    package init?(ln: Int, r: Int, p: Int) {
        guard (1...17).contains(ln), (1...32).contains(r), (1...32).contains(p) else { return nil }
        self.init(unchecked: ln, r: r, p: p)
        guard memoryByteCount <= Self.maximumByteCount else { return nil }
    }

    /// How much memory a hash takes, in bytes.
    package var memoryByteCount: Int { 128 * r * ((1 << ln) + p + 2) }

    /// Whether the cost is at least that of a row of OWASP's table for passwords (S9).
    package var isStrong: Bool {
        let rows = [
            (ln: 17, p: 1), (ln: 16, p: 2), (ln: 15, p: 3), (ln: 14, p: 5), (ln: 13, p: 10),
        ]
        return r >= 8 && rows.contains { ln >= $0.ln && p >= $0.p }
    }
}
