/// The slots of a shard, such that the three of each key give its value when they are XORed.
///
/// Slots are found by peeling. A slot that only one key has can be set for that key when all others
/// are set; so the key is put on a pile and taken from its other two slots, of which one may now be
/// alone in its turn. If all keys come onto the pile, they are set from the top of it down.
struct FuseConstruction {
    let seed: UInt64
    let shape: FuseShape
    let slots: [UInt32]

    /// Builds the slots of some keys.
    ///
    /// The seed comes from the entries, so that equal lists give equal filters; and sectors of
    /// another list's filter are not taken for those of this one.
    ///
    /// - Parameters:
    ///   - entries: One for each key, one or more.
    ///   - fingerprintBits: How many bits of a key's hash its value has.
    init(_ entries: [Entry], fingerprintBits: Int) {
        let shape = FuseShape(keyCount: entries.count)
        var seed = entries.reduce(UInt64(entries.count)) { FuseHash.mix($0 ^ $1.number) }
        var peeling = Peeling(entries, shape, seed: seed)
        // With some seeds a few keys keep each other from being peeled.
        while peeling.pile.count < entries.count {
            seed = FuseHash.mix(seed &+ 1)
            peeling = Peeling(entries, shape, seed: seed)
        }
        self.seed = seed
        self.shape = shape

        var slots = [UInt32](repeating: 0, count: shape.slotCount)
        for key in peeling.pile.reversed() {
            let (first, second, third) = shape.slots(of: key.hash)
            let value = FuseHash.value(
                of: key.hash, magnitude: key.magnitude, fingerprintBits: fingerprintBits)
            // Its own slot, one of the three, is still 0.
            slots[Int(key.slot)] = value ^ slots[first] ^ slots[second] ^ slots[third]
        }
        self.slots = slots
    }
}

/// The order in which keys are peeled from their slots.
private struct Peeling {
    /// A key, and the slot that it had alone.
    struct Peeled {
        let hash: UInt64
        let slot: UInt32
        let magnitude: UInt32
    }

    /// The keys that have a slot and are not yet peeled.
    struct Slot {
        /// The XOR of their hashes: of one key, its hash.
        var hashes: UInt64 = 0
        /// The XOR of their magnitudes.
        var magnitudes: UInt32 = 0
        var count: UInt32 = 0
    }

    /// The keys in the order in which they were peeled; not all, if some keep each other from it.
    private(set) var pile: [Peeled] = []
    private var slots: [Slot]
    /// Slots that have had one key.
    private var alone: [UInt32] = []

    init(_ entries: [Entry], _ shape: FuseShape, seed: UInt64) {
        slots = [Slot](repeating: Slot(), count: shape.slotCount)
        for entry in entries {
            let hash = FuseHash.hash(entry.key, seed: seed)
            let (first, second, third) = shape.slots(of: hash)
            add(hash, entry.magnitude, to: first)
            add(hash, entry.magnitude, to: second)
            add(hash, entry.magnitude, to: third)
        }
        for slot in slots.indices where slots[slot].count == 1 { alone.append(UInt32(slot)) }

        pile.reserveCapacity(entries.count)
        while let slot = alone.popLast() {
            let key = slots[Int(slot)]
            // Its key may have been peeled from another slot.
            guard key.count == 1 else { continue }
            pile.append(Peeled(hash: key.hashes, slot: slot, magnitude: key.magnitudes))
            let (first, second, third) = shape.slots(of: key.hashes)
            remove(key, from: first)
            remove(key, from: second)
            remove(key, from: third)
        }
    }

    @inline(__always)
    private mutating func add(_ hash: UInt64, _ magnitude: UInt32, to slot: Int) {
        slots[slot].hashes ^= hash
        slots[slot].magnitudes ^= magnitude
        slots[slot].count += 1
    }

    @inline(__always)
    private mutating func remove(_ key: Slot, from slot: Int) {
        slots[slot].hashes ^= key.hashes
        slots[slot].magnitudes ^= key.magnitudes
        slots[slot].count -= 1
        if slots[slot].count == 1 { alone.append(UInt32(slot)) }
    }
}
