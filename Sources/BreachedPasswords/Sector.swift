#if !_endian(little)
    #error("a filter is read as it lies in memory, with the lowest byte of a number first")
#endif

/// The unit of a filter's file: 512 bytes, of which the last eight are a checksum of the others.
///
/// Disks lose whole sectors of that size, and a lookup has to check no more than it reads.
enum Sector {
    static let byteCount = 512
    /// A sector's numbers of 64 bits, the lowest byte first.
    static let wordCount = 64
    /// The last of them.
    static let checksumIndex = 63

    /// The checksum of the first 63 words, in another way for each seed.
    ///
    /// No change within one word leaves it as it is; any other does with a chance of 2⁻⁶⁴. It guards
    /// against accidents, and not against whoever can write the file.
    @inline(__always)
    static func checksum(of words: Span<UInt64>, at start: Int, seed: UInt64) -> UInt64 {
        // Three sums that do not wait for each other.
        let sector = words.extracting(start..<(start + wordCount))
        var a = seed
        var b = ~seed
        var c = seed &* factor
        for index in stride(from: 0, to: checksumIndex, by: 3) {
            a = step(a, sector[index])
            b = step(b, sector[index + 1])
            c = step(c, sector[index + 2])
        }
        return FuseHash.mix(a ^ FuseHash.mix(b ^ FuseHash.mix(c)))
    }

    private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

    @inline(__always)
    private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (sum ^ word) &* factor
        return mixed << 29 | mixed >> 35
    }

    /// Whether a sector is as it was written.
    @inline(__always)
    static func isSound(_ words: Span<UInt64>, at start: Int, seed: UInt64) -> Bool {
        words[start + checksumIndex] == checksum(of: words, at: start, seed: seed)
    }
}
