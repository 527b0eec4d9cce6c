/// Where the rank of a word lies: in four cells, by the word's hash.
struct RankFunction {
    static let arity = 4

    let segmentCount: Int
    let segmentBits: Int
    let seed: Int

    init(_ header: WordTable.Header) {
        segmentCount = header.segmentCount
        segmentBits = header.segmentBits
        seed = header.seed
    }

    /// The hash of no label.
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash after one more label (FNV-1a).
    @inline(__always)
    static func extend(_ hash: UInt64, by label: UInt8) -> UInt64 {
        (hash ^ UInt64(label)) &* 0x0000_0100_0000_01B3
    }

    /// The cell in one of the four neighbouring segments.
    ///
    /// - Parameters:
    ///   - index: which of the four, from 0.
    ///   - mixed: what `mix` made of the word's hash.
    /// - Returns: the cell's number.
    @inline(__always)
    func cell(_ index: Int, _ mixed: UInt64) -> Int {
        let segment = Int(UInt64(segmentCount).multipliedFullWidth(by: mixed).high)
        let offset = Int(truncatingIfNeeded: mixed &>> UInt64(index &* segmentBits))
        return (segment &+ index) &<< segmentBits | offset & ((1 &<< segmentBits) &- 1)
    }

    /// Spreads a word's hash over all bits (the finaliser of MurmurHash3).
    @inline(__always)
    func mix(_ hash: UInt64) -> UInt64 {
        var mixed = hash &+ UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed &>> 33) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed &>> 33) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ mixed &>> 33
    }
}
