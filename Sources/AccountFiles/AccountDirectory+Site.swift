package import Accounts
internal import FlatFiles

extension AccountDirectory {
    package func siteEpoch() throws -> UInt32 {
        let name = SiteEpoch.fileName
        guard
            let epoch = try epochs.record(
                of: name, name, in: root, atMost: Self.mostRecordBytes)
        else {
            // To begin again at 1 would bring ended sessions back to life.
            throw StoreError.unavailable(
                FileError(.open, root.path(of: name), .missing).description)
        }
        return epoch.count
    }

    /// When every session was last ended, or the site was made; no older session goes on.
    package func sessionsLastEnded() throws -> Timestamp {
        try storing { () throws(FileError) in
            guard let file = try root.openFile(SiteEpoch.fileName) else {
                throw FileError(.open, root.path(of: SiteEpoch.fileName), .missing)
            }
            return Timestamp(seconds: try file.modifiedAt())
        }
    }

    package func advanceSiteEpoch() throws {
        try locked([LockKind.site.byte([])]) {
            let next = SiteEpoch(count: try siteEpoch() &+ 1)
            try storing { () throws(FileError) in
                try root.replace(SiteEpoch.fileName, with: Array(next.record.utf8))
            }
        }
    }
}

/// How often every session of every account was ended.
struct SiteEpoch: Record {
    static let fileName = "epoch"
    let count: UInt32

    static var heading: String { "epoch 1" }
    var lines: [String] { ["count \(count)"] }

    init(count: UInt32) {
        self.count = count
    }

    init(from reader: inout RecordReader) throws(RecordError) {
        count = try reader.field("count") { UInt32($0) }
    }
}
