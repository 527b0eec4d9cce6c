package import Cryptography
private import Glibc

/// A file that says whether a password is in a list of breached ones, and how often it was seen.
///
/// A password of the list is always found. Of the others, one in ``FalsePositiveRate`` is found too.
/// Opening reads what the file is and where its parts are; a lookup reads three sectors, and checks
/// them, so that a damaged file is an error and never a wrong answer.
@safe package final class BreachedFilter: Sendable {
    private let path: String
    // Nothing writes to the memory between mapping and unmapping.
    nonisolated(unsafe) private let memory: UnsafeBufferPointer<UInt64>
    private let layout: FilterLayout
    private let packing: SlotPacking

    /// Opens a filter.
    ///
    /// Whoever replaces the file must rename a new one into its place, as `postern breached build`
    /// does: a mapped file that is cut short takes the program with it.
    package init(contentsOfFile path: String) throws(BreachedFilterError) {
        self.path = path
        let fileByteCount: Int
        unsafe (memory, fileByteCount) = try Self.map(path)
        do throws(BreachedFilterError) {
            layout = try unsafe FilterLayout(
                of: memory.span, fileByteCount: fileByteCount, path: path)
            packing = layout.packing
        } catch {
            unsafe Self.unmap(memory)
            throw error
        }
    }

    deinit {
        unsafe Self.unmap(memory)
    }

    /// By which function the list was hashed.
    package var function: BreachHash.Function { layout.function }
    /// How many hashes it knows.
    package var keyCount: Int { layout.keyCount }
    /// How often a password was seen at least that is in it.
    package var minimumCount: Int { layout.minimumCount }
    /// The counts that it tells apart: of each password it knows the largest that was reached.
    package var leastCounts: [Int] {
        (0...Entry.largestMagnitude).map { max(minimumCount, Entry.leastCount(of: $0)) }
            .reduce(into: []) { counts, count in
                if counts.last != count { counts.append(count) }
            }
    }
    /// Of how many passwords that are not in the list it says that one is.
    package var falsePositiveRate: FalsePositiveRate { layout.rate }
    /// The length of the file.
    package var byteCount: Int { layout.byteCount }
}

// MARK: - Lookup

extension BreachedFilter {
    /// Looks a password up.
    ///
    /// - Returns: ``Exposure/unseen``, or how often it was seen at least.
    /// - Throws: ``BreachedFilterError/damaged(file:offset:)``.
    package func exposure(of password: Password) throws(BreachedFilterError) -> Exposure {
        try exposure(ofHashWithHead: BreachHash(function, of: password).head)
    }

    /// Looks a hash of the filter's function up, by its first eight bytes.
    ///
    /// - Returns: ``Exposure/unseen``, or how often it was seen at least.
    /// - Throws: ``BreachedFilterError/damaged(file:offset:)``.
    package func exposure(ofHashWithHead head: UInt64) throws(BreachedFilterError) -> Exposure {
        let key = Entry.key(of: head)
        guard let shard = shard(of: key) else { return .unseen }
        let hash = FuseHash.hash(key, seed: shard.seed)
        let slots = shard.shape.slots(of: hash)
        let places = (
            place(of: slots.0, shard), place(of: slots.1, shard), place(of: slots.2, shard)
        )
        try check(places, of: shard)
        let value = value(at: places.0) ^ value(at: places.1) ^ value(at: places.2)

        let magnitude = value & Entry.largestMagnitude
        let expected = FuseHash.value(
            of: hash, magnitude: magnitude, fingerprintBits: layout.rate.bits)
        guard value == expected else { return .unseen }
        return .seen(atLeast: max(minimumCount, Entry.leastCount(of: magnitude)))
    }

    /// The shard of a key: the last whose first key does not come after it.
    private func shard(of key: UInt64) -> Shard? {
        var candidates = layout.shards[...]
        while let middle = candidates.indices.middle {
            if candidates[middle].firstKey <= key {
                candidates = candidates[(middle + 1)...]
            } else {
                candidates = candidates[..<middle]
            }
        }
        return candidates.startIndex == 0 ? nil : layout.shards[candidates.startIndex - 1]
    }

    /// Where a slot is.
    private struct Place {
        let sector: Int
        let index: Int

        var start: Int { sector * Sector.wordCount }
    }

    private func place(of slot: Int, _ shard: Shard) -> Place {
        let (sector, index) = slot.quotientAndRemainder(dividingBy: packing.slotsPerSector)
        return Place(sector: shard.firstSector + sector, index: index)
    }

    private func value(at place: Place) -> UInt32 {
        unsafe packing.slot(place.index, in: memory.span, at: place.start)
    }

    private func check(
        _ places: (Place, Place, Place), of shard: Shard
    ) throws(BreachedFilterError) {
        let areSound = unsafe Sector.areSound(
            memory.span, at: (places.0.start, places.1.start, places.2.start),
            seeds: (
                shard.sectorSeed(places.0.sector), shard.sectorSeed(places.1.sector),
                shard.sectorSeed(places.2.sector)
            ))
        guard !areSound else { return }
        for place in [places.0, places.1, places.2] { try check(place.sector, of: shard) }
    }

    private func check(_ sector: Int, of shard: Shard) throws(BreachedFilterError) {
        guard
            unsafe Sector.isSound(
                memory.span, at: sector * Sector.wordCount, seed: shard.sectorSeed(sector))
        else { throw .damaged(file: path, offset: sector * Sector.byteCount) }
    }

    /// Reads the whole file, and checks every sector.
    ///
    /// - Throws: ``BreachedFilterError/damaged(file:offset:)``.
    package func verify() throws(BreachedFilterError) {
        unsafe Self.advise(memory, MADV_SEQUENTIAL)
        defer { unsafe Self.advise(memory, MADV_RANDOM) }
        for shard in layout.shards {
            for sector in 0..<packing.sectorCount(of: shard.shape.slotCount) {
                try check(shard.firstSector + sector, of: shard)
            }
            // What was checked need not stay in memory.
            unsafe Self.advise(memory, MADV_DONTNEED)
        }
    }
}

extension Range<Int> {
    fileprivate var middle: Int? { isEmpty ? nil : lowerBound + count / 2 }
}

// MARK: - Mapping

extension BreachedFilter {
    /// Maps a file as words, of which the last one may be filled with zeros.
    private static func map(
        _ path: String
    ) throws(BreachedFilterError) -> (UnsafeBufferPointer<UInt64>, fileByteCount: Int) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { _ = close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw .notAFilter(file: path)
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .writableByOthers(file: path, mode: status.st_mode & 0o777)
        }
        guard
            let address = unsafe mmap(
                nil, status.st_size, PROT_READ, MAP_SHARED, descriptor, 0),
            unsafe address != MAP_FAILED
        else { throw unreadable(path) }
        let memory = unsafe UnsafeBufferPointer(
            start: address.assumingMemoryBound(to: UInt64.self), count: (status.st_size + 7) / 8)
        // A lookup needs three pages and none of their neighbours.
        unsafe advise(memory, MADV_RANDOM)
        return unsafe (memory, status.st_size)
    }

    private static func unmap(_ memory: UnsafeBufferPointer<UInt64>) {
        unsafe _ = munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), 8 * memory.count)
    }

    private static func advise(_ memory: UnsafeBufferPointer<UInt64>, _ advice: Int32) {
        unsafe _ = madvise(
            UnsafeMutableRawPointer(mutating: memory.baseAddress), 8 * memory.count, advice)
    }

    private static func unreadable(_ path: String) -> BreachedFilterError {
        .unreadable(file: path, reason: unsafe String(cString: strerror(errno)))
    }
}
