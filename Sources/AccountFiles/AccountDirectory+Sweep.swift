package import Accounts
internal import FlatFiles

extension AccountDirectory {
    /// Removes what no longer serves anybody.
    ///
    /// That is: confirmations past their time, files which a process left behind that ended in the
    /// middle of a change, and directories of accounts which were not made or not removed whole.
    /// Nothing else depends on it; an hour or a day may pass between two sweeps.
    ///
    /// - Parameter now: The time.
    /// - Throws: `StoreError` for the first thing which could not be read or removed.
    package func sweep(at now: Timestamp) throws {
        for shard in Tree.shards {
            try sweepConfirmations("\(Tree.confirmations.rawValue)/\(shard)", at: now)
            try sweepAccounts("\(Tree.accounts.rawValue)/\(shard)")
            try storing { () throws(FileError) in
                for tree in [Tree.addresses, .confirmations, .throttles] {
                    try directory("\(tree.rawValue)/\(shard)").sweep(olderThan: Self.patience)
                }
            }
        }
        _ = try storing { () throws(FileError) in try root.sweep(olderThan: Self.patience) }
    }

    /// For how many seconds something unfinished is left to whoever may still be at it.
    private static var patience: Int { Int(Duration.hour) }

    private func sweepConfirmations(_ path: String, at now: Timestamp) throws {
        let shard = try storing { () throws(FileError) in try directory(path) }
        for name in try storing({ () throws(FileError) in try shard.names() })
        where !name.hasPrefix(".") {
            guard
                let found = try root.record(
                    Confirmation.self, "\(path)/\(name)", atMost: Self.mostRecordBytes)
            else { continue }
            try updateConfirmation(key(found.purpose, of: found.address)) { confirmation in
                if let asked = confirmation, asked.askedAt + asked.purpose.lifetime <= now {
                    confirmation = nil
                }
            }
        }
    }

    private func sweepAccounts(_ path: String) throws {
        let shard = try storing { () throws(FileError) in try directory(path) }
        for name in try storing({ () throws(FileError) in try shard.names() }) {
            guard let id = AccountID(text: name) else { continue }
            try storing { () throws(FileError) in
                _ = try shard.directory(name)?.sweep(olderThan: Self.patience)
            }
            guard try !exists(id) else { continue }
            try locked([Place.account(id).lock]) {
                try storing { () throws(FileError) in
                    guard let age = try shard.age(of: name), age > Self.patience else { return }
                    guard try !root.contains("\(path)/\(name)/account") else { return }
                    try shard.removeDirectory(name)
                }
            }
        }
    }
}
