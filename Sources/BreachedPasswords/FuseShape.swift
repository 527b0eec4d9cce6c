private import Glibc

/// Where in a binary fuse filter the three slots of a key are.
///
/// The slots are cut into segments of equal length. A key has a slot in each of three segments that
/// follow each other, which is what lets nearly nine of ten slots be used. The sizes are those of
/// the paper: Graf and Lemire, “Binary Fuse Filters: Fast and Smaller Than Xor Filters”, 2022,
/// https://arxiv.org/abs/2201.01174.
struct FuseShape: Sendable, Equatable {
    /// The length of a segment is 2 to this power.
    let segmentBits: Int
    /// In how many segments the first slot of a key can be; there are two more.
    let startCount: Int

    /// The shape for a number of keys, one or more.
    init(keyCount: Int) {
        let keys = Double(keyCount)
        let segmentBits = Int(log(keys) / log(3.33) + 2.25)
        // Few keys need more room, and are given it.
        let room = keyCount > 1 ? max(1.125, 0.875 + 0.25 * log(1e6) / log(keys)) : 1
        let segmentLength = 1 << segmentBits
        let segmentCount = (Int((keys * room).rounded()) + segmentLength - 1) / segmentLength
        self.segmentBits = segmentBits
        startCount = max(1, segmentCount - 2)
    }

    /// Takes a shape that was written down.
    ///
    /// - Returns: nil if no filter has it.
    init?(segmentBits: Int, startCount: Int) {
        guard (0...24).contains(segmentBits), (1...(1 << 32)).contains(startCount) else {
            return nil
        }
        self.segmentBits = segmentBits
        self.startCount = startCount
    }

    var slotCount: Int { (startCount + 2) << segmentBits }

    /// The slots of a key, by its hash.
    @inline(__always)
    func slots(of hash: UInt64) -> (Int, Int, Int) {
        let length = 1 << segmentBits
        let mask = UInt64(length - 1)
        let first = Int(hash.multipliedFullWidth(by: UInt64(startCount << segmentBits)).high)
        // Within the next two segments the place is another, by bits of the hash that the first
        // slot does not depend on.
        let second = (first + length) ^ Int(hash >> 18 & mask)
        let third = (first + 2 * length) ^ Int(hash & mask)
        return (first, second, third)
    }
}
