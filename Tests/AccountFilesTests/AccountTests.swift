import AccountFiles
import Accounts
import Foundation
import Testing

@Suite struct AccountTests {
    let place: TemporaryStore
    var store: AccountDirectory { place.store }

    struct Refusal: Error {}

    init() throws {
        place = try TemporaryStore()
        try #require(try store.add(account(ada, at: adasAddress)))
    }

    // MARK: - Addresses

    @Test func `gives an address to one account`() throws {
        #expect(try !store.add(account(bob, at: EmailAddress("ada@EXAMPLE.org")!)))
        #expect(try store.account(bob) == nil)
        #expect(try store.account(at: adasAddress)?.id == ada)
    }

    @Test func `adds no account in the place of another`() throws {
        #expect(try !store.add(account(ada, at: bobsAddress)))
        #expect(try store.account(at: bobsAddress) == nil)
        #expect(try store.account(ada)?.email == adasAddress)
    }

    @Test func `moves an account, and frees the address it had`() throws {
        #expect(try store.move(ada, to: bobsAddress) { $0.isDisabled = true })
        #expect(try store.account(at: bobsAddress)?.isDisabled == true)
        #expect(try store.account(at: adasAddress) == nil)
        #expect(!place.has(adasClaim))
        #expect(try store.add(account(bob, at: adasAddress)))
    }

    @Test func `A11 moves no account to an address that is taken`() throws {
        #expect(try store.add(account(bob, at: bobsAddress)))
        #expect(try !store.move(ada, to: bobsAddress) { $0.isDisabled = true })
        #expect(try store.account(ada) == account(ada, at: adasAddress))
        #expect(try store.account(at: bobsAddress)?.id == bob)
    }

    @Test func `moves an account to another spelling of its address`() throws {
        #expect(try store.move(ada, to: EmailAddress("ADA@example.org")!) { _ in })
        #expect(try store.account(at: adasAddress)?.email.text == "ADA@example.org")
        #expect(place.has(adasClaim))
    }

    @Test func `A4 removes an account with all that belongs to it`() throws {
        try store.note(
            Event(.signedIn, at: nine, by: Visitor(network: "::", browser: "x")), of: ada)
        try store.remove(ada)
        #expect(try store.account(ada) == nil)
        #expect(try store.account(at: adasAddress) == nil)
        #expect(try place.names(in: "accounts/01") == [])
        #expect(try place.names(in: "addresses/64") == [])
        try store.remove(ada)
        #expect(try store.update(ada) { _ in } == nil)
        #expect(try !store.move(ada, to: bobsAddress) { _ in })
        #expect(try store.add(account(ada, at: adasAddress)))
        #expect(try store.events(of: ada, atMost: 10) == [])
    }

    // MARK: - Changes

    @Test func `writes nothing when a change throws`() throws {
        let before = try place.text(adasFile)
        #expect(throws: Refusal.self) {
            try store.update(ada) { account in
                account.isDisabled = true
                throw Refusal()
            }
        }
        #expect(throws: Refusal.self) {
            _ = try store.move(ada, to: bobsAddress) { account in
                account.isDisabled = true
                throw Refusal()
            }
        }
        #expect(try place.text(adasFile) == before)
        #expect(try store.account(at: bobsAddress) == nil)
        // The locks are free again.
        #expect(try store.update(ada) { $0.generation } == 1)
    }

    @Test func `writes nothing when nothing has changed`() throws {
        let file = "\(place.path)/\(adasFile)"
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(try store.update(ada) { $0.generation } == 1)
        let after = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
    }

    @Test func `writes nothing that could not be read again`() throws {
        let before = try place.text(adasFile)
        let error = #expect(throws: StoreError.self) {
            try store.update(ada) { account in
                account.begin(
                    Session(
                        id: SessionID(bytes: [UInt8](repeating: 2, count: 16))!, level: .one,
                        at: nine, visitor: Visitor(network: "::", browser: "x\nepoch 9")))
            }
        }
        #expect(error?.description.hasSuffix("it could not be read again") == true)
        #expect(try place.text(adasFile) == before)
    }

    // MARK: - What a crash leaves

    @Test func `is not stopped by an address whose account was not written`() throws {
        try place.remove("accounts/01/AQEBAQEBAQEBAQEBAQEBAQ")
        #expect(place.has(adasClaim))
        #expect(try store.account(at: adasAddress) == nil)
        #expect(try store.add(account(bob, at: adasAddress)))
        #expect(try store.account(at: adasAddress)?.id == bob)
    }

    @Test func `is not stopped by an address whose account has moved`() throws {
        let claim = try place.text(adasClaim)
        #expect(try store.move(ada, to: bobsAddress) { _ in })
        try place.put(claim, at: adasClaim)
        #expect(try store.account(at: adasAddress) == nil)
        #expect(try store.account(at: bobsAddress)?.id == ada)
        #expect(try store.add(account(bob, at: adasAddress)))
        #expect(try store.account(at: adasAddress)?.id == bob)
        // The move's last step, if it came only now, would take nothing from the new holder.
        #expect(try store.move(ada, to: EmailAddress("eve@example.org")!) { _ in })
        #expect(try store.account(at: adasAddress)?.id == bob)
    }

    @Test func `gives a new account nothing of one whose removal was cut off`() throws {
        try store.note(
            Event(.signedIn, at: nine, by: Visitor(network: "::", browser: "x")), of: ada)
        try place.remove(adasFile)
        #expect(try store.account(ada) == nil)
        #expect(try store.add(account(ada, at: adasAddress)))
        #expect(try store.events(of: ada, atMost: 10) == [])
    }

    // MARK: - What is damaged: P19, S64

    @Test(arguments: [
        ("", "line 1: expected 'account 1'"),
        ("account 1\nid AQEBAQEBAQEBAQEBAQEBAQ\n", "line 3: expected 'email' and a value"),
        ("account 9\n", "line 1: expected 'account 1'"),
    ])
    func `never takes a damaged account for none`(text: String, reason: String) throws {
        try place.put(text, at: adasFile)
        let damaged = StoreError.damaged("\(place.path)/\(adasFile): \(reason)")
        #expect(throws: damaged) { try store.account(ada) }
        #expect(throws: damaged) { try store.account(at: adasAddress) }
        #expect(throws: damaged) { try store.add(account(bob, at: adasAddress)) }
        #expect(throws: damaged) { try store.update(ada) { _ in } }
        #expect(throws: damaged) { try store.remove(ada) }
        #expect(try place.text(adasFile) == text)
        #expect(try store.add(account(bob, at: bobsAddress)))
        #expect(throws: damaged) { try store.move(bob, to: adasAddress) { _ in } }
        #expect(try store.account(at: bobsAddress)?.id == bob)
    }

    @Test func `takes no account for another whose file was put in its place`() throws {
        let bobsFile = "accounts/09/\(bob.text)/account"
        try place.put(try place.text(adasFile), at: bobsFile)
        #expect(
            throws: StoreError.damaged(
                "\(place.path)/\(bobsFile): it is the file of another account")
        ) { try store.account(bob) }
    }

    @Test func `never takes a damaged claim for none`() throws {
        try place.put("", at: adasClaim)
        let damaged = StoreError.damaged(
            "\(place.path)/\(adasClaim): line 1: expected 'address 1'")
        #expect(throws: damaged) { try store.account(at: adasAddress) }
        #expect(throws: damaged) { try store.add(account(bob, at: adasAddress)) }
        #expect(try store.account(ada)?.id == ada)
    }

    @Test func `says which bytes are no text`() throws {
        let file = URL(fileURLWithPath: "\(place.path)/\(adasFile)")
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Data([0xFF]))
        try handle.close()
        #expect(throws: StoreError.damaged("\(file.path): expected text in UTF-8")) {
            try store.account(ada)
        }
    }

    @Test func `visits every account, and nothing that is none`() throws {
        #expect(try store.add(account(bob, at: bobsAddress)))
        try place.put("", at: "accounts/05/BQUFBQUFBQUFBQUFBQUFBQ/events")
        var visited: [AccountID] = []
        try store.forEachAccount { visited.append($0) }
        #expect(visited == [ada, bob])
    }
}
