// The file of a filter is a row of sectors, each of 63 words of 64 bits and their checksum:
//
//     sector 0          what the filter is
//     sectors 1 … s     the slots of the shards, each shard from a sector of its own on
//     the rest          the table of shards
//
// Sector 0:
//
//     word   0  "breached"                          word   5  how many keys there are
//     word   1  the version of the format, 1        word   6  how many shards
//     word   2  the function: 1 SHA-1, 2 NTLM       word   7  s, how many sectors of slots
//     word   3  bits of a fingerprint               word   8  the identity: all seeds, mixed
//     word   4  the least count in the filter       words  9 … 62  0
//
// The table has 21 shards in a sector, in the order of their keys:
//
//     word 0  the first key
//     word 1  the seed of the keys' hashes and of the slots' checksums
//     word 2  the power of two of a segment's length; from the ninth bit on, how many segments a
//             first slot can be in
//
// The checksum of a sector depends on its number and on a seed: 0 for sector 0, the identity for
// the table, the shard's own for its slots. So a sector that comes from another place or from
// another filter is as damaged as one with a wrong bit.

/// A shard: neighbouring keys, which have a fuse filter of their own.
struct Shard: Sendable, Equatable {
    let firstKey: UInt64
    let seed: UInt64
    let shape: FuseShape
    /// The number of the first sector with its slots.
    let firstSector: Int

    /// The seed of the checksum of a sector, by its number in the file.
    func sectorSeed(_ number: Int) -> UInt64 { seed &+ UInt64(number) }
}

/// What a filter's file holds, and where.
struct FilterLayout: Sendable, Equatable {
    static let magic = UInt64(littleEndianText: "breached")
    static let version: UInt64 = 1

    let function: BreachHash.Function
    let rate: FalsePositiveRate
    let minimumCount: Int
    let keyCount: Int
    let shards: [Shard]
    let slotSectorCount: Int

    var identity: UInt64 { shards.reduce(0) { FuseHash.mix($0 ^ $1.seed) } }
    var packing: SlotPacking { SlotPacking(rate) }
    var byteCount: Int {
        (1 + slotSectorCount + ShardTable.sectorCount(of: shards.count)) * Sector.byteCount
    }
}

// MARK: - Writing

extension FilterLayout {
    /// Sector 0.
    var header: [UInt64] {
        var words = [
            Self.magic, Self.version, UInt64(function.rawValue), UInt64(rate.bits),
            UInt64(minimumCount), UInt64(keyCount), UInt64(shards.count), UInt64(slotSectorCount),
            identity,
        ]
        words += [UInt64](repeating: 0, count: Sector.wordCount - words.count)
        words[Sector.checksumIndex] = Sector.checksum(of: words.span, at: 0, seed: 0)
        return words
    }

    /// The table of shards.
    var table: [UInt64] {
        let sectorCount = ShardTable.sectorCount(of: shards.count)
        var words = [UInt64](repeating: 0, count: sectorCount * Sector.wordCount)
        for (index, shard) in shards.enumerated() {
            let start = ShardTable.word(of: index)
            words[start] = shard.firstKey
            words[start + 1] = shard.seed
            words[start + 2] = UInt64(shard.shape.startCount << 8 | shard.shape.segmentBits)
        }
        for sector in 0..<sectorCount {
            let start = sector * Sector.wordCount
            words[start + Sector.checksumIndex] = Sector.checksum(
                of: words.span, at: start,
                seed: identity &+ UInt64(1 + slotSectorCount + sector))
        }
        return words
    }
}

// MARK: - Reading

extension FilterLayout {
    /// Reads sector 0 and the table, and checks that they agree with each other and the file.
    ///
    /// - Parameters:
    ///   - words: The whole file.
    ///   - fileByteCount: Its length, of which the last word may be a part.
    ///   - path: Where it is, for the error.
    /// - Throws: ``BreachedFilterError``.
    init(
        of words: Span<UInt64>, fileByteCount: Int, path: String
    ) throws(BreachedFilterError) {
        guard words.count > 0, words[0] == Self.magic else { throw .notAFilter(file: path) }
        guard fileByteCount >= Sector.byteCount else { throw .truncated(file: path) }
        guard words[1] == Self.version else {
            throw .otherFormat(file: path, version: words[1])
        }
        guard
            Sector.isSound(words, at: 0, seed: 0),
            let function = UInt8(exactly: words[2]).flatMap(BreachHash.Function.init(rawValue:)),
            let rate = Int(exactly: words[3]).flatMap(FalsePositiveRate.init(bits:)),
            let minimumCount = Int(exactly: words[4]), let keyCount = Int(exactly: words[5]),
            let shardCount = Int32(exactly: words[6]).map(Int.init),
            let slotSectorCount = Int(exactly: words[7]), slotSectorCount < 1 << 48
        else { throw .damaged(file: path, offset: 0) }

        let tableSectorCount = ShardTable.sectorCount(of: shardCount)
        let byteCount = (1 + slotSectorCount + tableSectorCount) * Sector.byteCount
        guard fileByteCount >= byteCount else { throw .truncated(file: path) }
        guard fileByteCount == byteCount else { throw .damaged(file: path, offset: byteCount) }
        let table = ShardTable(
            firstSector: 1 + slotSectorCount, identity: words[8], packing: SlotPacking(rate))
        shards = try table.shards(shardCount, in: words, path: path)
        self.function = function
        self.rate = rate
        self.minimumCount = minimumCount
        self.keyCount = keyCount
        self.slotSectorCount = slotSectorCount
    }
}

/// The table of shards as it lies in a file.
private struct ShardTable {
    static let shardsPerSector = 21

    let firstSector: Int
    let identity: UInt64
    let packing: SlotPacking

    static func sectorCount(of shardCount: Int) -> Int {
        (shardCount + shardsPerSector - 1) / shardsPerSector
    }

    /// Where a shard begins, in words from the beginning of the table.
    static func word(of shard: Int) -> Int {
        let (sector, index) = shard.quotientAndRemainder(dividingBy: shardsPerSector)
        return sector * Sector.wordCount + 3 * index
    }

    /// Reads the shards, whose slots fill the sectors before the table.
    func shards(
        _ count: Int, in words: Span<UInt64>, path: String
    ) throws(BreachedFilterError) -> [Shard] {
        for sector in firstSector..<(firstSector + Self.sectorCount(of: count)) {
            guard
                Sector.isSound(
                    words, at: sector * Sector.wordCount, seed: identity &+ UInt64(sector))
            else { throw .damaged(file: path, offset: sector * Sector.byteCount) }
        }
        var shards: [Shard] = []
        shards.reserveCapacity(count)
        var next = 1
        for index in 0..<count {
            let start = firstSector * Sector.wordCount + Self.word(of: index)
            guard
                let shape = FuseShape(
                    segmentBits: Int(words[start + 2] & 0xff),
                    startCount: Int(words[start + 2] >> 8))
            else { throw .damaged(file: path, offset: 8 * start) }
            shards.append(
                Shard(
                    firstKey: words[start], seed: words[start + 1], shape: shape, firstSector: next)
            )
            next += packing.sectorCount(of: shape.slotCount)
            // A lookup trusts that every slot is in the file.
            guard next <= firstSector else { throw .damaged(file: path, offset: 8 * start) }
        }
        guard next == firstSector else { throw .damaged(file: path, offset: 0) }
        return shards
    }
}

extension UInt64 {
    /// The number whose bytes, the lowest first, are a text of eight.
    fileprivate init(littleEndianText text: StaticString) {
        self = text.withUTF8Buffer { unsafe $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }
}
