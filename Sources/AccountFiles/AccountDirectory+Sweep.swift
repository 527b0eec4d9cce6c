package import Accounts
internal import FlatFiles

extension AccountDirectory {
    /// Removes what no longer serves anybody, and finds again what a copy has lost.
    ///
    /// Removed are confirmations past their time, notes of accounts that nobody has looked after,
    /// files which a process left behind that ended in the middle of a change, and directories of
    /// accounts which were not made or not removed whole. An account whose address has no claim gets
    /// it back: that happens to an account which was made while the directory was being copied. Nothing
    /// else depends on it; a day may pass between two sweeps.
    ///
    /// - Parameter now: The time.
    /// - Throws: The first error, after everything else has been swept.
    package func sweep(at now: Timestamp) throws {
        var sweeping = Sweeping()
        for shard in Tree.shards {
            for tree in [Tree.addresses, .confirmations, .throttles] {
                sweeping.attempt { try sweepUnfinished(in: "\(tree.rawValue)/\(shard)") }
            }
            let confirmations = "\(Tree.confirmations.rawValue)/\(shard)"
            sweeping.forEach({ try names(in: confirmations) }) { name in
                guard let key = ConfirmationKey(fileName: name) else { return }
                try sweepConfirmation(key, at: now)
            }
            sweeping.forEach({ try names(in: "\(Tree.accounts.rawValue)/\(shard)") }) { name in
                guard let id = AccountID(text: name) else { return }
                try sweepAccount(id)
            }
        }
        // Nobody looks after accounts where nothing is delivered.
        sweeping.attempt { _ = try takeDue(at: now - Duration.day) }
        sweeping.attempt {
            _ = try storing { () throws(FileError) in try root.sweep(olderThan: Self.patience) }
        }
        if let failure = sweeping.failure { throw failure }
    }

    private func sweepConfirmation(_ key: ConfirmationKey, at now: Timestamp) throws {
        try updateConfirmation(key) { confirmation in
            if let asked = confirmation, asked.askedAt + asked.purpose.lifetime <= now {
                confirmation = nil
            }
        }
    }

    private func sweepAccount(_ id: AccountID) throws {
        let place = Place.account(id)
        try sweepUnfinished(in: place.path)
        guard try !exists(id) else { return try claimAgain(id) }
        try locked([place.lock]) {
            guard try !exists(id) else { return }
            try storing { () throws(FileError) in
                let shard = try directory(place.directory)
                guard let age = try shard.age(of: place.name), age > Self.patience else { return }
                try shard.removeDirectory(place.name)
            }
        }
    }
}

// MARK: - What is found

extension AccountDirectory {
    /// For how many seconds something unfinished is left to whoever may still be at it.
    private static var patience: Int { Int(Duration.hour) }

    private func sweepUnfinished(in path: String) throws(StoreError) {
        try storing { () throws(FileError) in
            _ = try root.directory(path)?.sweep(olderThan: Self.patience)
        }
    }

    /// The names in a directory, without those of unfinished changes.
    private func names(in path: String) throws(StoreError) -> [String] {
        try storing { () throws(FileError) in try directory(path).names() }
            .filter { !$0.hasPrefix(".") }
    }
}

/// Goes on after an error, and remembers the first.
private struct Sweeping {
    private(set) var failure: (any Error)?

    mutating func attempt(_ work: () throws -> Void) {
        do {
            try work()
        } catch {
            failure = failure ?? error
        }
    }

    mutating func forEach(_ names: () throws -> [String], _ work: (String) throws -> Void) {
        var found: [String] = []
        attempt { found = try names() }
        for name in found {
            attempt { try work(name) }
        }
    }
}
