/// A hash of a list, and how often its password was seen in breaches.
package struct Sighting: Sendable, Equatable {
    /// The first eight bytes of the hash, the first being the highest.
    ///
    /// They stand for the whole hash; `Entry` says why that is enough.
    package let head: UInt64
    package let count: Int

    package init(head: UInt64, count: Int) {
        self.head = head
        self.count = count
    }

    init(_ hash: BreachHash, count: Int) {
        self.init(head: hash.head, count: count)
    }
}

extension BreachHash {
    /// The first eight bytes of the hash, the first being the highest.
    package var head: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
