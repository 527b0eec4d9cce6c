package import AccountFiles
internal import Accounts
package import Cryptography
internal import FlatFiles

// As long as there are hashes that other programs made, the file `imported` has a decoy of the
// costliest:
//
//     imported 1
//     decoy $2y$10$.....................................................
//
// Each sign-in verifies it, or a real one. So the time it takes does not tell who was moved here and
// has not signed in since (A16).

extension DataDirectory {
    /// The file with the decoy.
    package static let importedName = "imported"

    /// The decoy of the costliest hash that another program made, or nil where there is none.
    package func importedDecoy() throws(InstallationError) -> ImportedHash? {
        let path = directory.path(of: Self.importedName)
        let bytes = try opening { () throws(FileError) in
            try directory.read(Self.importedName, atMost: 1024)
        }
        guard let bytes else { return nil }
        do throws(RecordError) {
            return try ImportedDecoy(record: String(decoding: bytes, as: UTF8.self)).hash
        } catch {
            throw InstallationError(
                "\(path): \(error)",
                remedy: "remove it, and run the import once more, which writes it again")
        }
    }

    /// Notes that there are hashes which cost as much as a decoy.
    package func write(importedDecoy decoy: ImportedHash) throws(InstallationError) {
        let record = ImportedDecoy(hash: decoy).record
        try opening { () throws(FileError) in
            try directory.replace(Self.importedName, with: Array(record.utf8))
        }
    }

    /// Removes the decoy once no account has a hash that another program made.
    ///
    /// An import may be under way that has not come far, so a new decoy stays for a day.
    ///
    /// - Parameter store: The accounts.
    /// - Throws: `StoreError` or `InstallationError`.
    package func sweepImportedDecoy(_ store: AccountDirectory) throws {
        guard let age = try directory.age(of: Self.importedName), age > Int(Duration.day) else {
            return
        }
        var isNeeded = false
        try store.forEachAccount { id in
            guard !isNeeded, case .imported = try store.account(id)?.password else { return }
            isNeeded = true
        }
        if !isNeeded { try directory.remove(Self.importedName) }
    }
}

private struct ImportedDecoy: Record {
    let hash: ImportedHash

    static let heading = "imported 1"
    var lines: [String] { ["decoy \(hash.text)"] }

    init(hash: ImportedHash) {
        self.hash = hash
    }

    init(from reader: inout RecordReader) throws(RecordError) {
        hash = try reader.field("decoy") { try? ImportedHash(text: String($0)) }
    }

    static func == (left: Self, right: Self) -> Bool { left.hash.text == right.hash.text }
}
