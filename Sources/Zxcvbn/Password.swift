/// A password, or a part of one, as the matchers look at it.
struct Password {
    /// The UTF-16 units, which all positions count.
    let units: [UInt16]
    /// The units in lower case: at least as many, and at other positions after U+0130.
    let lowered: [UInt16]
    /// The lower case of the units in reverse order.
    let reversedLowered: [UInt16]
    /// Whether there is a letter A to Z.
    let hasUpper: Bool

    var count: Int { units.count }

    /// Takes at most as many units as `Estimator.longestPassword`.
    init(_ units: [UInt16]) {
        self.units = units
        if units.allSatisfy({ $0 < 0x80 }) {
            lowered = units.map(ASCII.lowercased)
            reversedLowered = lowered.reversed()
        } else {
            lowered = Lowercase.of(units)
            reversedLowered = Lowercase.of(units.reversed())
        }
        hasUpper = units.contains(where: ASCII.isUpper)
    }

    /// Whether the lower case of a part can differ from that part of the lower case of the whole.
    ///
    /// U+0130 moves what follows it, and the form of a final sigma depends on its neighbours.
    var hasContextualLowercase: Bool {
        lowered.count != units.count || units.contains(0x3A3)
    }
}
