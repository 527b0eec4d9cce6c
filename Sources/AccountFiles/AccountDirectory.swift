package import Accounts
package import Cryptography
internal import FlatFiles

/// The data directory: everything that outlives a request, as files which a person can read.
///
///     accounts/ab/<account>/account     the account; this file alone says that there is one
///     accounts/ab/<account>/events      what happened to it, a line each
///     addresses/ab/<hash>               whose an address is
///     confirmations/ab/<purpose>-<hash> what waits for a mailbox
///     forms/ab/<hour>/<form>            the answers to forms sent lately
///     throttles/ab/c                    failures, counted in 4,096 files
///     epoch                             how often every session was ended
///     locks                             an empty file whose bytes are locked
///
/// `docs/files.md` says what each operation leaves behind when it is cut off at any point.
package struct AccountDirectory: AccountStore {
    let root: Directory
    private let namesKey: AuthenticationKey
    let accounts = RecordCache<AccountID, Account>()
    let epochs = RecordCache<String, SiteEpoch>()

    /// How many bytes the file of one record can have.
    static let mostRecordBytes = 64 << 10

    /// Opens a data directory which ``create(path:)`` has made.
    ///
    /// - Parameters:
    ///   - path: Its path. It and all in it belong to this user alone (P21, A63).
    ///   - namesKey: The key under which addresses are hashed. With another key, no address would
    ///     be found.
    /// - Throws: `StoreError`, with one sentence that says what is wrong.
    package init(path: String, namesKey: AuthenticationKey) throws(StoreError) {
        root = try storing { () throws(FileError) in try Directory(path: path) }
        self.namesKey = namesKey
        for tree in Tree.allCases {
            // Without this an unmounted or half-copied tree would look like one without accounts.
            guard try storing({ () throws(FileError) in try root.directory(tree.rawValue) }) != nil
            else {
                throw .unavailable(
                    "cannot open \(root.path(of: tree.rawValue)): it is missing; "
                        + "'postern init' makes it in a new data directory")
            }
        }
    }

    /// Makes a data directory without accounts, or completes one whose making was cut off.
    ///
    /// - Parameter path: Its path. The directory above is there; other files may be in it.
    /// - Throws: `StoreError`.
    package static func create(path: String) throws(StoreError) {
        try storing { () throws(FileError) in
            let root = try Directory.make(path: path)
            for tree in Tree.allCases {
                try root.makeDirectory(tree.rawValue)
                guard let directory = try root.directory(tree.rawValue) else { continue }
                for shard in Tree.shards {
                    try directory.makeDirectory(shard, surviving: .kill)
                }
                try directory.sync()
            }
            _ = try root.create(SiteEpoch.fileName, with: Array(SiteEpoch(count: 1).record.utf8))
        }
    }

    /// The keyed hash by which files about something are named (P20).
    func tag(of text: String) -> [UInt8] {
        namesKey.tag(of: Array(text.utf8)).bytes
    }

    /// Does something while no other process does anything to the same things.
    ///
    /// Whoever holds several, takes them in this order: forms, confirmations, accounts, addresses.
    func locked<Result>(_ bytes: Set<UInt64>, _ work: () throws -> Result) throws -> Result {
        let lock = try storing { () throws(FileError) in try root.lock("locks", bytes: bytes) }
        let result = try work()
        lock.release()
        return result
    }

    /// Opens a directory that every data directory has.
    func directory(_ name: String) throws(FileError) -> Directory {
        guard let directory = try root.directory(name) else {
            throw FileError(.open, root.path(of: name), .missing)
        }
        return directory
    }
}
