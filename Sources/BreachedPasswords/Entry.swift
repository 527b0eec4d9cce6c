/// What a filter keeps of a sighting, in one number.
///
///     63 …                                     3   2 … 0
///     the first 61 bits of the hash: the key       the magnitude of its count
///
/// Numbers in order are keys in order, and of two with the same key the larger has the larger count.
///
/// 61 bits stand for the whole hash. Among n hashes n²/2⁶² pairs share a key by chance, of a
/// thousand million one pair with a chance of one in five; the two then count as one. A password
/// that is not in the list shares its key with one that is in n of 2⁶¹ cases, four in ten thousand
/// million, which adds nothing to the false positives of a filter.
struct Entry: Equatable, Comparable {
    /// How many bits the magnitude takes.
    static let magnitudeBits = 3
    /// It has all of those bits.
    static let largestMagnitude: UInt32 = 7

    let number: UInt64

    init(number: UInt64) {
        self.number = number
    }

    init(_ sighting: Sighting) {
        number = Self.key(of: sighting.head) | UInt64(Self.magnitude(of: sighting.count))
    }

    /// The key of a hash, by its first eight bytes.
    static func key(of head: UInt64) -> UInt64 { head & ~UInt64(largestMagnitude) }

    var key: UInt64 { Self.key(of: number) }

    /// The power of ten that the count reaches, 7 at most.
    var magnitude: UInt32 { UInt32(truncatingIfNeeded: number) & Self.largestMagnitude }

    private static func magnitude(of count: Int) -> UInt32 {
        var magnitude: UInt32 = 0
        var rest = count / 10
        while rest > 0, magnitude < largestMagnitude {
            magnitude += 1
            rest /= 10
        }
        return magnitude
    }

    /// The least count of a magnitude.
    static func leastCount(of magnitude: UInt32) -> Int {
        (0..<magnitude).reduce(1) { power, _ in 10 * power }
    }

    static func < (left: Entry, right: Entry) -> Bool { left.number < right.number }
}
