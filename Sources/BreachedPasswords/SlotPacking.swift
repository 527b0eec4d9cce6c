/// How slots lie in sectors: one behind the other, each within a sector.
struct SlotPacking: Sendable, Equatable {
    private let bits: Int
    let slotsPerSector: Int

    init(_ rate: FalsePositiveRate) {
        bits = rate.bits + Entry.magnitudeBits
        slotsPerSector = Sector.checksumIndex * UInt64.bitWidth / bits
    }

    /// How many sectors a number of slots takes.
    func sectorCount(of slotCount: Int) -> Int {
        (slotCount + slotsPerSector - 1) / slotsPerSector
    }

    /// Packs the slots of a shard.
    ///
    /// - Parameters:
    ///   - slots: The slots.
    ///   - number: The number of the first sector in the file.
    ///   - seed: The shard's.
    /// - Returns: The words of the sectors.
    func pack(_ slots: [UInt32], at number: Int, seed: UInt64) -> [UInt64] {
        let sectorCount = sectorCount(of: slots.count)
        var words = [UInt64](repeating: 0, count: sectorCount * Sector.wordCount)
        for sector in 0..<sectorCount {
            let start = sector * Sector.wordCount
            let first = sector * slotsPerSector
            for index in 0..<min(slotsPerSector, slots.count - first) {
                let (word, shift) = (index * bits).quotientAndRemainder(dividingBy: 64)
                let slot = UInt64(slots[first + index])
                words[start + word] |= slot << shift
                // The rest of a slot that goes beyond the word; nothing, if it does not.
                words[start + word + 1] |= slot >> (64 - shift)
            }
            words[start + Sector.checksumIndex] = Sector.checksum(
                of: words.span, at: start, seed: seed &+ UInt64(number + sector))
        }
        return words
    }

    /// Reads a slot from a sector that was checked.
    @inline(__always)
    func slot(_ index: Int, in words: Span<UInt64>, at start: Int) -> UInt32 {
        let bit = index &* bits
        let (word, shift) = (start + bit >> 6, UInt64(bit & 63))
        let both = words[word] >> shift | words[word + 1] << (64 - shift)
        return UInt32(truncatingIfNeeded: both & (1 << UInt64(bits) - 1))
    }
}
