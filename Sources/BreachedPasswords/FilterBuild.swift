/// Makes a filter of a list.
///
/// A list in the order of its hashes is written shard by shard while it is read, in memory that does
/// not grow with it. One in another order, or one that cannot be read again should it turn out to be
/// in another, is sorted on the way. The file is the same.
package struct FilterBuild {
    /// What a build is doing.
    package enum Step: Sendable {
        case reading, sorting
    }

    /// What was built.
    package struct Summary: Sendable, Equatable {
        package let function: BreachHash.Function
        package let form: BreachListReader.Form
        package let keyCount: Int
        package let byteCount: Int
        /// See ``BreachListReader/unusableCount``.
        package let unusableCount: Int
        /// See ``BreachListReader/missingPartCount``.
        package let missingPartCount: Int
    }

    private let list: String
    private let form: BreachListReader.Form?
    private let output: String
    private let rate: FalsePositiveRate
    private let minimumCount: Int
    private let keysPerShard: Int

    /// Prepares to make a filter.
    ///
    /// - Parameters:
    ///   - list: The path of the list; see ``BreachListReader``.
    ///   - form: What is in its lines, if they are not to be recognised.
    ///   - output: The path of the filter.
    ///   - rate: How often it finds what is not in the list.
    ///   - minimumCount: How often a password was seen at least that it knows.
    ///   - keysPerShard: How many keys have a fuse filter of their own; the same for everybody.
    package init(
        list: String, as form: BreachListReader.Form? = nil, output: String,
        rate: FalsePositiveRate = .standard, minimumCount: Int = 1,
        keysPerShard: Int = FilterWriter.keysPerShard
    ) {
        self.list = list
        self.form = form
        self.output = output
        self.rate = rate
        self.minimumCount = minimumCount
        self.keysPerShard = keysPerShard
    }

    /// Reads the list, writes the filter, and puts it in its place.
    ///
    /// - Parameter progress: Is told often which step is how far, if that is known. What it throws
    ///   ends the build, and then, as after any failure, nothing has changed.
    /// - Returns: What was built.
    /// - Throws: ``BreachListError``, ``FilterWriteError``, ``BreachedFilterError``, or what
    ///   `progress` does.
    @discardableResult
    package func run(
        _ progress: (Step, _ share: Double?) throws -> Void = { _, _ in }
    ) throws -> Summary {
        var reader = try BreachListReader(path: list, as: form)
        var writer = FilterWriter(
            try FilterDraft.take(for: output), function: reader.function, rate: rate,
            minimumCount: minimumCount, keysPerShard: keysPerShard)
        if reader.form == .passwords || !reader.isLasting {
            try sort(&reader, to: &writer, progress)
        } else if try !copy(&reader, to: &writer, progress) {
            try writer.startOver()
            reader = try BreachListReader(path: list, as: form)
            try sort(&reader, to: &writer, progress)
        }
        guard let layout = try writer.finish() else {
            throw BreachListError.empty(path: list, minimumCount: minimumCount)
        }
        return Summary(
            function: layout.function, form: reader.form, keyCount: layout.keyCount,
            byteCount: layout.byteCount, unusableCount: reader.unusableCount,
            missingPartCount: reader.missingPartCount)
    }

    /// Writes the entries as they come.
    ///
    /// - Returns: false if they come in no order.
    private func copy(
        _ reader: inout BreachListReader, to writer: inout FilterWriter,
        _ progress: (Step, Double?) throws -> Void
    ) throws -> Bool {
        while let sightings = try reader.next() {
            for sighting in sightings where sighting.count >= minimumCount {
                guard try writer.add(Entry(sighting)) else { return false }
            }
            try progress(.reading, reader.share)
        }
        return true
    }

    /// Puts the entries in order first.
    private func sort(
        _ reader: inout BreachListReader, to writer: inout FilterWriter,
        _ progress: (Step, Double?) throws -> Void
    ) throws {
        var sorter = EntrySorter(for: output)
        while let sightings = try reader.next() {
            for sighting in sightings where sighting.count >= minimumCount {
                try sorter.add(Entry(sighting))
            }
            try progress(.reading, reader.share)
        }
        try sorter.drain { entries, share in
            for entry in entries { _ = try writer.add(entry) }
            try progress(.sorting, share)
        }
    }
}
