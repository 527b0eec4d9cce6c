internal import Accounts
internal import FlatFiles
internal import Synchronization

/// Records that were read lately, each for as long as its file is the one that was read.
///
/// Every request looks at the same few accounts, and reading one takes longer than all the rest of a
/// question of the gate. The file is looked at each time, so that nothing is known here which does not
/// stand there: a change by any process counts at once, and so does one of the file's mode.
final class RecordCache<Kept: Record & Sendable>: Sendable {
    private static var most: Int { 256 }

    private let records = Mutex<[String: (state: FileState, record: Kept)]>([:])

    /// Reads a record as `Directory.record` does, or finds that it has been read.
    func record(
        _ name: String, in directory: Directory, atMost limit: Int
    ) throws(StoreError) -> Kept? {
        let state = try storing { () throws(FileError) in try directory.state(of: name) }
        guard let state else { return nil }
        let known = records.withLock { $0[name] }
        if let known, known.state == state { return known.record }
        let record = try directory.record(Kept.self, name, atMost: limit)
        if let record, state.isSettled { keep(record, state, as: name) }
        return record
    }

    private func keep(_ record: Kept, _ state: FileState, as name: String) {
        records.withLock { records in
            if records.count >= Self.most { records = [:] }
            records[name] = (state, record)
        }
    }
}
