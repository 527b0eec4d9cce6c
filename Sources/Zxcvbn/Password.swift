/// A password, or a part of one, as the matchers look at it.
struct Password {
    /// The UTF-16 units, which all positions count.
    let units: [UInt16]
    /// The units in lower case: at least as many, and at other positions after U+0130.
    let lowered: [UInt16]
    /// The lower case of the units in reverse order.
    let reversedLowered: [UInt16]

    // Sums over all earlier units, so that a part's letters are counted by one subtraction.
    private let upperBefore: [UInt16]
    private let lowerBefore: [UInt16]

    var count: Int { units.count }

    /// Takes at most as many units as `Estimator.longestPassword`.
    init(_ units: [UInt16]) {
        self.units = units
        let reversed: [UInt16] = units.reversed()
        if units.allSatisfy({ $0 < 0x80 }) {
            lowered = units.map(ASCII.lowercased)
            reversedLowered = reversed.map(ASCII.lowercased)
        } else {
            lowered = Lowercase.of(units)
            reversedLowered = Lowercase.of(reversed)
        }
        upperBefore = Self.countsBefore(units) { ASCII.isUpper($0) }
        lowerBefore = Self.countsBefore(units) { ASCII.isLower($0) }
    }

    /// How many letters A to Z there are from `start` to before `end`.
    func upperCount(_ start: Int, _ end: Int) -> Int {
        Int(upperBefore[end]) - Int(upperBefore[start])
    }

    /// How many letters a to z there are from `start` to before `end`.
    func lowerCount(_ start: Int, _ end: Int) -> Int {
        Int(lowerBefore[end]) - Int(lowerBefore[start])
    }

    /// Whether the lower case of a part can differ from that part of the lower case of the whole.
    ///
    /// U+0130 moves what follows it, and the form of a final sigma depends on its neighbours.
    var hasContextualLowercase: Bool {
        lowered.count != units.count || units.contains(0x3A3)
    }

    private static func countsBefore(
        _ units: [UInt16], where isCounted: (UInt16) -> Bool
    ) -> [UInt16] {
        var counts: [UInt16] = [0]
        counts.reserveCapacity(units.count + 1)
        var count: UInt16 = 0
        for unit in units {
            if isCounted(unit) { count &+= 1 }
            counts.append(count)
        }
        return counts
    }
}
