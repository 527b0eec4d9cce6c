/// A set of readings, by their places in the list.
struct ReadingSet {
    /// No password has more readings; all substitutes together have 736.
    static let capacity = 12 * 64

    private var words = InlineArray<12, UInt64>(repeating: 0)

    mutating func insert(_ index: Int) { words[index / 64] |= 1 << UInt64(index % 64) }

    func contains(_ index: Int) -> Bool { words[index / 64] >> UInt64(index % 64) & 1 == 1 }

    /// The first of them.
    var first: Int? {
        for index in words.indices where words[index] != 0 {
            return 64 * index + words[index].trailingZeroBitCount
        }
        return nil
    }

    @inline(__always)
    func intersection(_ other: ReadingSet) -> ReadingSet {
        var result = self
        for index in words.indices { result.words[index] &= other.words[index] }
        return result
    }
}
