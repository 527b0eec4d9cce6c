internal import Accounts
internal import FlatFiles
internal import Synchronization

/// Records that were read lately, each for as long as its file is the one that was read.
///
/// Every request looks at the same few accounts, and reading one takes longer than all the rest of a
/// question of the gate. The file is looked at each time, so that nothing is known here which does not
/// stand there: a change by any process counts at once, and so does one of the file's mode.
final class RecordCache<Key: Hashable & Sendable, Kept: Sendable>: Sendable {
    private final class Entry: Sendable {
        let name: String
        let state: FileState
        let record: Kept

        init(name: String, state: FileState, record: Kept) {
            self.name = name
            self.state = state
            self.record = record
        }
    }

    private static var most: Int { 256 }

    private let entries = Mutex<[Key: Entry]>([:])
}

// Only this asks for records: if the class did, each start of a program would look the conformance up.
extension RecordCache where Kept: Record {
    /// Reads a record as `Directory.record` does, or finds that it has been read.
    ///
    /// - Parameters:
    ///   - key: What it is the record of.
    ///   - name: The file's name, or a path below the directory.
    ///   - directory: The directory.
    ///   - limit: How many bytes the file can have.
    /// - Returns: The record, or nil if there is no such file.
    /// - Throws: `StoreError`.
    func record(
        of key: Key, _ name: @autoclosure () -> String, in directory: Directory, atMost limit: Int
    ) throws(StoreError) -> Kept? {
        let known = entries.withLock { $0[key] }
        let name = known?.name ?? name()
        let state = try storing { () throws(FileError) in try directory.state(of: name) }
        guard let state else { return nil }
        if let known, known.state == state { return known.record }
        let record = try directory.record(Kept.self, name, atMost: limit)
        if let record, state.isSettled {
            keep(Entry(name: name, state: state, record: record), of: key)
        }
        return record
    }

    private func keep(_ entry: Entry, of key: Key) {
        entries.withLock { entries in
            if entries.count >= Self.most { entries = [:] }
            entries[key] = entry
        }
    }
}
