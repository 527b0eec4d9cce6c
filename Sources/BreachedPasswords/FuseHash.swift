/// The number by which a key's slots and its fingerprint are found.
enum FuseHash {
    /// Spreads a key over all 64 bits, in another way for each seed; no two keys get the same.
    @inline(__always)
    static func hash(_ key: UInt64, seed: UInt64) -> UInt64 { mix(key &+ seed) }

    /// What the three slots of a key give when they are XORed: some bits of its hash, then the
    /// magnitude of its count.
    @inline(__always)
    static func value(of hash: UInt64, magnitude: UInt32, fingerprintBits: Int) -> UInt32 {
        let fingerprint = (hash &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - fingerprintBits)
        return UInt32(truncatingIfNeeded: fingerprint << UInt64(Entry.magnitudeBits)) | magnitude
    }

    /// Spreads a number over all 64 bits; no two get the same (MurmurHash3's finaliser).
    @inline(__always)
    static func mix(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ mixed >> 33) &* 0xff51_afd7_ed55_8ccd
        mixed = (mixed ^ mixed >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return mixed ^ mixed >> 33
    }
}
