package import Accounts
internal import FlatFiles

// The account's file says that there is an account, and which address it has. The claim of an
// address only finds it: a claim whose account is not there, or has another address, is stale and
// means nothing. So each change has one moment at which it happens, the rename or removal of the
// account's file:
//
//     add      claim → ● account's file
//     move     claim of the new address → ● account's file → removal of the old claim
//     remove   ● removal of the account's file → removal of its directory → of its claim
//
// Whatever is cut off leaves at most a stale claim and a directory without an account. Both are
// overwritten by the next change that needs the place, and stand in nobody's way until then.
//
// Whether a claim is stale is decided under the lock of the address, which everybody holds from
// before a claim is written until the account's file says the same.

extension AccountDirectory {
    private static let fileName = "account"

    package func account(_ id: AccountID) throws -> Account? {
        func path() -> String { "\(Place.account(id).path)/\(Self.fileName)" }
        let account = try accounts.record(
            of: id, path(), in: root, atMost: Self.mostRecordBytes)
        guard account == nil || account?.id == id else {
            throw StoreError.damaged("\(root.path(of: path())): it is the file of another account")
        }
        return account
    }

    package func account(at address: EmailAddress) throws -> Account? {
        guard
            let claim = try claim(of: address), let account = try account(claim.account),
            account.email == address
        else { return nil }
        return account
    }

    package func add(_ account: Account) throws -> Bool {
        let place = Place.account(account.id)
        let bytes = try bytes(of: account)
        return try locked([place.lock]) {
            try locked([addressPlace(account.email).lock]) {
                guard
                    try !exists(account.id), try self.account(at: account.email) == nil
                else { return false }
                try claim(account.email, for: account.id)
                return try storing { () throws(FileError) in
                    let shard = try directory(place.directory)
                    // Nothing of an account whose removal was cut off comes back to life.
                    try shard.removeDirectory(place.name)
                    try shard.makeDirectory(place.name)
                    return try directory(place.path).create(Self.fileName, with: bytes)
                }
            }
        }
    }

    package func update<Result>(
        _ id: AccountID, _ change: (inout Account) throws -> Result
    ) throws -> Result? {
        try locked([Place.account(id).lock]) {
            guard let before = try account(id) else { return nil }
            var account = before
            let result = try change(&account)
            precondition(account.id == id && account.email == before.email, "that is a move")
            if account.record != before.record { try write(account) }
            return result
        }
    }

    package func move(
        _ id: AccountID, to address: EmailAddress, _ change: (inout Account) throws -> Void
    ) throws -> Bool {
        try locked([Place.account(id).lock]) {
            guard let before = try account(id) else { return false }
            var account = before
            try change(&account)
            account.email = address
            precondition(account.id == id, "an account keeps its name")

            let isMoved = try locked([addressPlace(address).lock]) {
                if let holder = try self.account(at: address), holder.id != id { return false }
                try claim(address, for: id)
                try write(account)
                return true
            }
            if isMoved, before.email != address { release(before.email, of: id) }
            return isMoved
        }
    }

    package func remove(_ id: AccountID) throws {
        let place = Place.account(id)
        try locked([place.lock]) {
            let account = try account(id)
            try storing { () throws(FileError) in
                guard let home = try root.directory(place.path) else { return }
                try home.remove(Self.fileName)
                let shard = try directory(place.directory)
                try shard.removeDirectory(place.name)
                try shard.sync()
            }
            if let account { release(account.email, of: id) }
        }
    }

    /// Visits every account, in the order of their names.
    ///
    /// For an operator's command; a request never walks over the accounts.
    package func forEachAccount(_ visit: (AccountID) throws -> Void) throws {
        for shard in Tree.shards {
            let names = try storing { () throws(FileError) in
                try directory("\(Tree.accounts.rawValue)/\(shard)").names()
            }.sorted()
            for id in names.compactMap({ AccountID(text: $0) }) where try exists(id) {
                try visit(id)
            }
        }
    }

    /// Whether there is an account of that name, readable or not.
    func exists(_ id: AccountID) throws(StoreError) -> Bool {
        try storing { () throws(FileError) in
            try root.contains("\(Place.account(id).path)/\(Self.fileName)")
        }
    }

    private func bytes(of account: Account) throws(StoreError) -> [UInt8] {
        try account.bytes(
            for: root.path(of: Place.account(account.id).path), atMost: Self.mostRecordBytes)
    }

    private func write(_ account: Account) throws(StoreError) {
        let bytes = try bytes(of: account)
        try storing { () throws(FileError) in
            try directory(Place.account(account.id).path).replace(Self.fileName, with: bytes)
        }
    }
}

// MARK: - Addresses

extension AccountDirectory {
    private func addressPlace(_ address: EmailAddress) -> Place {
        .address(tag(of: address.canonical))
    }

    private func claim(of address: EmailAddress) throws(StoreError) -> AddressClaim? {
        try root.record(AddressClaim.self, addressPlace(address).path, atMost: 1024)
    }

    /// Writes a claim, in place of a stale one if need be.
    ///
    /// Where there is none, it is made so that a process without the lock could not make another.
    private func claim(_ address: EmailAddress, for id: AccountID) throws(StoreError) {
        let place = addressPlace(address)
        let bytes = Array(AddressClaim(account: id).record.utf8)
        try storing { () throws(FileError) in
            let shard = try directory(place.directory)
            if try !shard.create(place.name, with: bytes) {
                try shard.replace(place.name, with: bytes)
            }
        }
    }

    /// Claims the address of an account for it if nobody has it.
    func claimAgain(_ id: AccountID) throws {
        guard let seen = try account(id), try account(at: seen.email) == nil else { return }
        try locked([Place.account(id).lock]) {
            guard let account = try account(id) else { return }
            try locked([addressPlace(account.email).lock]) {
                guard try self.account(at: account.email) == nil else { return }
                try claim(account.email, for: id)
            }
        }
    }

    /// Removes a claim of an account that no longer has the address.
    ///
    /// The account's file has said so already; a claim that cannot be removed is merely stale.
    private func release(_ address: EmailAddress, of id: AccountID) {
        let place = addressPlace(address)
        try? locked([place.lock]) {
            guard
                try claim(of: address)?.account == id,
                try account(id)?.email != address
            else { return }
            _ = try directory(place.directory).remove(place.name)
        }
    }
}

/// Whose an address is, if the account says so too.
struct AddressClaim: Record {
    let account: AccountID

    static var heading: String { "address 1" }
    var lines: [String] { ["account \(account.text)"] }

    init(account: AccountID) {
        self.account = account
    }

    init(from reader: inout RecordReader) throws(RecordError) {
        account = try reader.field("account") { AccountID(text: $0) }
    }
}
