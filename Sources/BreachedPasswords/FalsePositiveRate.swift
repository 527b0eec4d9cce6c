/// Of how many passwords that are not in a list a filter says that one is: a power of two.
package struct FalsePositiveRate: Sendable, Equatable, CustomStringConvertible {
    /// The rates a filter can have, by their number of bits.
    static let allowedBits = 8...24

    /// How many bits of a key a filter keeps: the rate is 1 in 2 to that power.
    package let bits: Int

    /// One in 8,192, with which a slot has sixteen bits.
    package static let standard = Self(uncheckedBits: 13)

    init?(bits: Int) {
        guard Self.allowedBits.contains(bits) else { return nil }
        self.init(uncheckedBits: bits)
    }

    private init(uncheckedBits bits: Int) {
        self.bits = bits
    }

    /// Reads a rate as it is written, `1/8192`.
    ///
    /// - Returns: nil for anything but a power of two from 1/256 to 1/16777216.
    package init?(_ text: String) {
        guard
            let bits = Self.allowedBits.first(where: { Self(uncheckedBits: $0).description == text }
            )
        else { return nil }
        self.init(uncheckedBits: bits)
    }

    /// The rate as it is written, `1/8192`.
    package var description: String { "1/\(1 << bits)" }

    /// The rate as a number.
    package var value: Double { 1 / Double(1 << bits) }
}
