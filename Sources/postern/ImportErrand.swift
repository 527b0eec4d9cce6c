import AccountFiles
import Accounts
import Cryptography
import Installation
import UserTables

/// Makes accounts of the rows of a table, one after another.
struct ImportErrand {
    private let data: DataDirectory
    private let store: AccountDirectory
    private let hasher: PasswordHasher
    private let isDry: Bool
    /// The addresses that would have got an account by now.
    private var addresses: Set<EmailAddress> = []
    private var decoy: ImportedHash?

    /// How many accounts were made, or would be.
    private(set) var added = 0
    /// How many of the users have an account.
    private(set) var skipped = 0
    /// How many of the users cannot have one.
    private(set) var refused = 0

    init(_ data: DataDirectory, isDry: Bool) throws(InstallationError) {
        self.data = data
        self.isDry = isDry
        store = try data.store()
        decoy = try data.importedDecoy()
        let configuration = try data.configuration()
        hasher = PasswordHasher(
            peppers: try data.peppers(configuration), parameters: configuration.scrypt)
    }

    /// Makes an account of a row, unless its address has one.
    ///
    /// - Returns: Why it cannot be done, if that is so.
    /// - Throws: `StoreError` or `InstallationError`.
    mutating func take(_ row: Result<UserRow, UserRowError>) throws -> String? {
        switch row {
        case .failure(let error):
            refused += 1
            return error.description
        case .success(let row):
            guard try store.account(at: row.address) == nil else {
                skipped += 1
                return nil
            }
            if case .own(let hash) = row.password, !hasher.hasPepper(of: hash) {
                refused += 1
                return "the hash was made with the pepper \(hash.pepperID), which is not here"
            }
            let isNew =
                try isDry ? addresses.insert(row.address).inserted : add(row)
            if isNew { added += 1 } else { skipped += 1 }
            return nil
        }
    }

    /// Says that all has been taken.
    func finish() throws {
        guard !isDry else { return }
        // A sweep may have removed it before the first of these accounts was there.
        if let decoy { try data.write(importedDecoy: decoy) }
        data.log.write(LogEntry(.moved(.imported, accounts: added), at: .now))
    }

    private mutating func add(_ row: UserRow) throws -> Bool {
        var account = Account(
            id: .random { randomBytes(count: $0) }, email: row.address, name: row.name,
            language: row.language, password: try password(row.password), at: row.createdAt ?? .now)
        account.isDisabled = row.isDisabled
        account.groups = row.groups
        return try store.add(account)
    }

    private mutating func password(_ password: UserRow.Password?) throws -> PasswordHash? {
        switch password {
        case nil: return nil
        case .own(let hash): return hash
        case .imported(let hash):
            // It is there before the first account that makes it necessary.
            if decoy.map({ $0.milliseconds < hash.milliseconds }) ?? true {
                let decoy = try hash.decoy
                try data.write(importedDecoy: decoy)
                self.decoy = decoy
            }
            return hasher.seal(hash, nonce: randomBytes(count: SealedSecret.nonceByteCount))
        }
    }
}
