import AccountFiles
import Accounts
import Cryptography
import Foundation

/// A data directory which is gone with the value.
final class TemporaryStore: Sendable {
    let path: String
    let store: AccountDirectory

    /// The bytes 0 to 31, which another program has hashed the addresses below with.
    static var key: AuthenticationKey { AuthenticationKey([UInt8](0..<32)) }

    init() throws {
        // In memory where there is such a place: thousands of directories are made and removed.
        let isThere = FileManager.default.fileExists(atPath: "/dev/shm")
        path = (isThere ? "/dev/shm/" : NSTemporaryDirectory()) + "postern-\(UUID().uuidString)"
        try AccountDirectory.create(path: path)
        store = try AccountDirectory(path: path, namesKey: Self.key)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func open() throws -> AccountDirectory {
        try AccountDirectory(path: path, namesKey: Self.key)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// Puts a file in place as a hand or another program might.
    func put(_ text: String, at name: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// Makes something look as if it had been there for a while.
    func age(_ name: String, by seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
            ofItemAtPath: "\(path)/\(name)")
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    func names(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(directory)").sorted()
    }
}

/// A record as it was written by hand.
func vector(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Vectors/\(name).txt")
    return try String(contentsOf: file, encoding: .utf8)
}

// MARK: - People

let nine = Timestamp(text: "2026-11-21T09:00:00Z")!
let ada = AccountID(bytes: [UInt8](repeating: 1, count: 16))!
let bob = AccountID(bytes: [UInt8](repeating: 9, count: 16))!
let adasAddress = EmailAddress("Ada@example.org")!
let bobsAddress = EmailAddress("bob@example.org")!
let adasFile = "accounts/01/AQEBAQEBAQEBAQEBAQEBAQ/account"
let adasEvents = "accounts/01/AQEBAQEBAQEBAQEBAQEBAQ/events"

// HMAC-SHA-256 of PASETO's encoding of the one field `ada@example.org`, by Python's hmac.
let adasHash = "641db567b912c72587335663b92b1e03fa63ba522a0dc9e2ec138262df688fc9"
let adasClaim = "addresses/64/\(adasHash)"

func account(_ id: AccountID, at address: EmailAddress) -> Account {
    Account(id: id, email: address, name: PersonName("Ada Lovelace")!, password: nil, at: nine)
}
