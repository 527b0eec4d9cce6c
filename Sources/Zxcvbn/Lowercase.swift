/// Lower case as ECMA-262 `String.prototype.toLowerCase` defines it, on UTF-16 units.
///
/// Units stay in place but for U+0130, which becomes two. A surrogate without its partner stays.
enum Lowercase {
    /// The lower case of `units`.
    static func of(_ units: [UInt16]) -> [UInt16] {
        var lowered: [UInt16] = []
        lowered.reserveCapacity(units.count + 1)
        var position = 0
        while position < units.count {
            let unit = units[position]
            if unit < 0x80 {
                lowered.append(ASCII.lowercased(unit))
                position += 1
                continue
            }
            guard let (scalar, length) = scalar(in: units, at: position) else {
                lowered.append(unit)
                position += 1
                continue
            }
            if scalar == "Σ", isFinal(in: units, at: position) {
                lowered.append(0x3C2)
            } else {
                lowered.append(contentsOf: scalar.properties.lowercaseMapping.utf16)
            }
            position += length
        }
        return lowered
    }

    // Final_Sigma of the Unicode Standard, table 3-17: a cased letter before, none after, looking
    // past what is case-ignorable.
    private static func isFinal(in units: [UInt16], at position: Int) -> Bool {
        var before = position
        var isAfterLetter = false
        while let (scalar, length) = scalar(in: units, before: before) {
            before -= length
            if scalar.properties.isCaseIgnorable { continue }
            isAfterLetter = scalar.properties.isCased
            break
        }
        guard isAfterLetter else { return false }
        var after = position + 1
        while let (scalar, length) = scalar(in: units, at: after) {
            after += length
            if scalar.properties.isCaseIgnorable { continue }
            return !scalar.properties.isCased
        }
        return true
    }

    private static func scalar(in units: [UInt16], at position: Int) -> (Unicode.Scalar, Int)? {
        guard position < units.count else { return nil }
        let unit = units[position]
        if let scalar = Unicode.Scalar(unit) { return (scalar, 1) }
        guard UTF16.isLeadSurrogate(unit), position + 1 < units.count,
            UTF16.isTrailSurrogate(units[position + 1])
        else { return nil }
        return (UTF16.decode(UTF16.EncodedScalar([unit, units[position + 1]])), 2)
    }

    private static func scalar(in units: [UInt16], before end: Int) -> (Unicode.Scalar, Int)? {
        guard end > 0 else { return nil }
        if end > 1, UTF16.isTrailSurrogate(units[end - 1]) {
            return scalar(in: units, at: end - 2).flatMap { $0.1 == 2 ? $0 : nil }
        }
        return scalar(in: units, at: end - 1)
    }
}
