/// Writes the shards of a filter while its entries come, in order.
struct FilterWriter: ~Copyable {
    /// How many keys a shard has, unless it is the last.
    ///
    /// Finding the slots of a million keys takes some 60 MB; with fewer keys, slots would be used
    /// less well.
    static let keysPerShard = 1 << 20

    private let function: BreachHash.Function
    private let rate: FalsePositiveRate
    private let minimumCount: Int
    private let keysPerShard: Int
    private let packing: SlotPacking
    private var draft: FilterDraft
    /// The entries of the next shard.
    private var entries: [Entry] = []
    private var shards: [Shard] = []
    private var keyCount = 0
    private var nextSector = 1

    init(
        _ draft: consuming FilterDraft, function: BreachHash.Function, rate: FalsePositiveRate,
        minimumCount: Int, keysPerShard: Int = Self.keysPerShard
    ) {
        self.draft = draft
        self.function = function
        self.rate = rate
        self.minimumCount = minimumCount
        self.keysPerShard = keysPerShard
        packing = SlotPacking(rate)
    }

    /// Adds an entry; of several with the same key the largest stays.
    ///
    /// - Returns: false if its key comes before that of the last one, and it was not added.
    mutating func add(_ entry: Entry) throws(FilterWriteError) -> Bool {
        if let last = entries.last {
            guard entry.key >= last.key else { return false }
            guard entry.key > last.key else {
                entries[entries.count - 1] = max(last, entry)
                return true
            }
        }
        if entries.count == keysPerShard { try writeShard() }
        entries.append(entry)
        return true
    }

    /// Forgets all entries.
    mutating func startOver() throws(FilterWriteError) {
        try draft.empty()
        entries = []
        shards = []
        keyCount = 0
        nextSector = 1
    }

    /// Writes what is left, checks the whole file, and puts it in its place.
    ///
    /// - Returns: What was written; nil if there was no entry, and nothing was put in place.
    /// - Throws: `FilterWriteError`, or `BreachedFilterError` if the file reads otherwise than it was
    ///   written.
    mutating func finish() throws -> FilterLayout? {
        guard !entries.isEmpty else { return nil }
        try writeShard()
        let layout = FilterLayout(
            function: function, rate: rate, minimumCount: minimumCount, keyCount: keyCount,
            shards: shards, slotSectorCount: nextSector - 1)
        try draft.write(layout.table, at: nextSector)
        try draft.write(layout.header, at: 0)
        try BreachedFilter(contentsOfFile: draft.path).verify()
        try draft.putInPlace()
        return layout
    }

    private mutating func writeShard() throws(FilterWriteError) {
        let fuse = FuseConstruction(entries, fingerprintBits: rate.bits)
        let sectors = packing.pack(fuse.slots, at: nextSector, seed: fuse.seed)
        try draft.write(sectors, at: nextSector)
        shards.append(
            Shard(
                firstKey: entries[0].key, seed: fuse.seed, shape: fuse.shape,
                firstSector: nextSector))
        keyCount += entries.count
        nextSector += sectors.count / Sector.wordCount
        entries.removeAll(keepingCapacity: true)
    }
}
