private import Glibc

/// Puts entries in order that come in none, on disk as far as they are many.
///
/// They are dealt into piles by the first eight bits of their keys, and each pile is sorted by
/// itself. What does not fit into a pile's room goes into a file without a name beside the filter,
/// of which nothing stays, however the process ends.
struct EntrySorter: ~Copyable {
    private static let pileBits = 8
    /// How many entries of a pile are in memory, 16 MB for all piles.
    private static let room = 1 << 13

    /// The path of the files for the moment in which they have a name.
    private let path: String
    private var piles: [Pile]

    private struct Pile {
        var entries: [Entry] = []
        /// The file, if there is one.
        var descriptor: Int32 = -1
        var writtenCount = 0
    }

    /// Prepares to sort entries for a filter.
    init(for target: String) {
        path = target + ".new-pile"
        piles = [Pile](repeating: Pile(), count: 1 << Self.pileBits)
    }

    deinit {
        for pile in piles where pile.descriptor >= 0 { close(pile.descriptor) }
    }

    mutating func add(_ entry: Entry) throws(FilterWriteError) {
        let pile = Int(entry.number >> UInt64(64 - Self.pileBits))
        piles[pile].entries.append(entry)
        if piles[pile].entries.count == Self.room { try moveToDisk(pile) }
    }

    /// Gives the entries in order, pile by pile.
    ///
    /// - Parameter body: Takes a pile's entries and the share of all piles that is done with them.
    /// - Throws: ``FilterWriteError``, or what `body` throws.
    mutating func drain(_ body: (_ entries: [Entry], _ share: Double) throws -> Void) throws {
        for index in piles.indices {
            var entries = try read(index) + piles[index].entries
            piles[index].entries = []
            entries.sort()
            try body(entries, Double(index + 1) / Double(piles.count))
        }
    }

    private mutating func moveToDisk(_ index: Int) throws(FilterWriteError) {
        do throws(SystemError) {
            if piles[index].descriptor < 0 { piles[index].descriptor = try unnamedFile() }
            let pile = piles[index]
            let offset = pile.writtenCount * MemoryLayout<Entry>.size
            try write(pile.entries, to: pile.descriptor, at: offset)
        } catch {
            throw .unwritable(file: path, reason: "\(error)")
        }
        piles[index].writtenCount += piles[index].entries.count
        piles[index].entries.removeAll(keepingCapacity: true)
    }

    private func unnamedFile() throws(SystemError) -> Int32 {
        // Only whoever has the draft comes here, so a file of that name was left by a crash.
        unsafe unlink(path)
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
        unsafe unlink(path)
        return descriptor
    }

    private func read(_ index: Int) throws(FilterWriteError) -> [Entry] {
        let pile = piles[index]
        var failure: SystemError?
        let entries = unsafe [Entry](unsafeUninitializedCapacity: pile.writtenCount) {
            room, filled in
            let bytes = UnsafeMutableRawBufferPointer(room)
            var got = 0
            while got < bytes.count {
                let count = unsafe pread(
                    pile.descriptor, bytes.baseAddress! + got, bytes.count - got, got)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { failure = .last }
                guard count > 0 else { return }
                got += count
            }
            filled = pile.writtenCount
        }
        if let failure { throw .unwritable(file: path, reason: "\(failure)") }
        return entries
    }
}
