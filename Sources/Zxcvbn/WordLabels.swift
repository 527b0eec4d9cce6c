/// The labels of the automaton that a unit stands for.
enum WordLabels {
    /// The three labels of a unit outside ASCII, of which the first is a control character.
    @inline(__always)
    static func ofUnit(_ unit: UInt16) -> (UInt8, UInt8, UInt8) {
        (UInt8(1 + unit >> 14), UInt8(unit >> 7 & 0x7F), UInt8(unit & 0x7F))
    }

    /// The labels of a word, or `nil` if it has control characters.
    static func of(_ units: some Sequence<UInt16>) -> [UInt8]? {
        var labels: [UInt8] = []
        for unit in units {
            if unit >= 0x80 {
                let (first, second, third) = ofUnit(unit)
                labels += [first, second, third]
            } else if unit >= 0x20 {
                labels.append(UInt8(unit))
            } else {
                return nil
            }
        }
        return labels
    }
}
