/// The kinds of units that the patterns tell apart: ASCII's only, as in the original.
enum ASCII {
    /// Whether a unit is a letter A to Z.
    @inline(__always)
    static func isUpper(_ unit: UInt16) -> Bool { unit &- 0x41 < 26 }

    /// Whether a unit is a letter a to z.
    @inline(__always)
    static func isLower(_ unit: UInt16) -> Bool { unit &- 0x61 < 26 }

    /// The value of a digit 0 to 9; `nil` for any other unit.
    @inline(__always)
    static func digit(_ unit: UInt16) -> Int? { unit &- 0x30 < 10 ? Int(unit &- 0x30) : nil }

    /// The lower case of a letter A to Z; any other unit as it is.
    @inline(__always)
    static func lowercased(_ unit: UInt16) -> UInt16 { isUpper(unit) ? unit | 0x20 : unit }
}
