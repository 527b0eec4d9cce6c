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

    /// The checksum of a sector's first 63 words, in another way for each seed.
    ///
    /// A change within one word never leaves it as it is; any other does with a chance of 2⁻⁶⁴. It
    /// guards against accidents, and not against whoever can write the file.
    ///
    /// - Parameters:
    ///   - words: The words of some sectors.
    ///   - start: Where the sector begins among them.
    ///   - seed: The seed.
    /// - Returns: The checksum.
    static func checksum(of words: Span<UInt64>, at start: Int, seed: UInt64) -> UInt64 {
        let sector = words.extracting(start..<(start + wordCount))
        var sum = seed
        for index in 0..<checksumIndex { sum = step(sum, sector[index]) }
        return sum
    }

    /// Whether a sector is as it was written.
    static func isSound(_ words: Span<UInt64>, at start: Int, seed: UInt64) -> Bool {
        words[start + checksumIndex] == checksum(of: words, at: start, seed: seed)
    }

    /// Whether three sectors are as they were written.
    ///
    /// It takes hardly longer than one: no sector's sum waits for that of another, nor for its
    /// memory.
    static func areSound(
        _ words: Span<UInt64>, at starts: (Int, Int, Int), seeds: (UInt64, UInt64, UInt64)
    ) -> Bool {
        let first = words.extracting(starts.0..<(starts.0 + wordCount))
        let second = words.extracting(starts.1..<(starts.1 + wordCount))
        let third = words.extracting(starts.2..<(starts.2 + wordCount))
        var sums = seeds
        for index in 0..<checksumIndex {
            sums.0 = step(sums.0, first[index])
            sums.1 = step(sums.1, second[index])
            sums.2 = step(sums.2, third[index])
        }
        return first[checksumIndex] == sums.0 && second[checksumIndex] == sums.1
            && third[checksumIndex] == sums.2
    }

    @inline(__always)
    private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        ((sum << 29 | sum >> 35) ^ word) &* 0x9e37_79b9_7f4a_7c15
    }
}
