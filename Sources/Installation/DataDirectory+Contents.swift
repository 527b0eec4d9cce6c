package import FlatFiles

/// Something of a data directory, as a copy of it takes it.
package enum DataDirectoryItem {
    case directory(path: String)
    case file(OpenedFile, path: String)
}

extension DataDirectory {
    /// Visits everything that a copy of the data directory has, in an order that makes the copy sound
    /// although the site goes on.
    ///
    /// Each file is whole, because none is changed in place. Accounts come before what belongs to
    /// them: an account that is there has its claim then, and a mailed link that was used meanwhile is
    /// gone although the account does not show it yet, not the other way round. Keys come last, so
    /// that nothing was sealed with a key that is missing. An account that got another address meanwhile
    /// lacks its claim, which `AccountDirectory.sweep(at:)` finds again.
    ///
    /// Left out are locks, unfinished changes, and what is worth nothing later or would do harm: messages
    /// on their way, which would be sent once more, the answers to forms of this hour, and ranges of
    /// breached passwords.
    ///
    /// - Parameters:
    ///   - withKeys: Whether to visit the keys.
    ///   - visit: Is given one after another; what vanishes meanwhile is not visited.
    /// - Throws: `FileError`, or what `visit` throws.
    package func forEachItem(
        withKeys: Bool, _ visit: (DataDirectoryItem) throws -> Void
    ) throws {
        let first = ["accounts", "addresses", "confirmations", "throttles"]
        let last = ["keys"]
        let others = try directory.names().filter { !(first + last).contains($0) }.sorted()
        for name in first + others.filter(Self.isCopied) + (withKeys ? last : []) {
            try self.visit(directory, name, path: name, visit)
        }
    }

    private func visit(
        _ above: Directory, _ name: String, path: String,
        _ visit: (DataDirectoryItem) throws -> Void
    ) throws {
        switch try above.kind(of: name) {
        case nil: return
        case .directory:
            guard let found = try above.directory(name) else { return }
            try visit(.directory(path: path))
            let isLeftOut = Self.passing.contains(String(path.prefix { $0 != "/" }))
            for name in try found.names().sorted() where !Directory.isUnfinished(name) {
                if isLeftOut, try found.kind(of: name) == .file { continue }
                try self.visit(found, name, path: "\(path)/\(name)", visit)
            }
        case .file:
            guard let file = try above.openFile(name) else { return }
            try visit(.file(file, path: path))
        }
    }

    /// The directories whose files pass, and of which a copy has the directories alone.
    private static let passing: Set = ["forms", "spool", "slots", RangeCache.directoryName]

    private static func isCopied(_ name: String) -> Bool {
        name != "locks" && !name.hasSuffix(".lock") && !Directory.isUnfinished(name)
    }
}
