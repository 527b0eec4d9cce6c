import AccountFiles
import Accounts
import Cryptography
import Foundation
import Testing

/// Opening and sweeping a data directory.
@Suite struct DataDirectoryTests {
    let place: TemporaryStore
    var store: AccountDirectory { place.store }

    init() throws {
        place = try TemporaryStore()
    }

    @Test func `P21 makes everything for this user alone`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        let all = try #require(FileManager.default.enumerator(atPath: place.path))
        var modes: [String: Int] = [:]
        while let name = all.nextObject() as? String {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: place.path + "/" + name)
            let isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
            modes[isDirectory ? "directory" : "file", default: 0] |=
                attributes[.posixPermissions] as? Int ?? 0
        }
        #expect(modes == ["directory": 0o700, "file": 0o600])
    }

    @Test func `P20 A61 names nothing by what a person typed`() throws {
        let typed = EmailAddress("walrus.lock@example.org")!
        #expect(try store.add(account(ada, at: typed)))
        try store.updateConfirmation(store.key(.reset, of: typed)) { _ in }
        try store.updateThrottles([.address("../../walrus@example.org"), .network("../walrus")]) {
            $0 = $0.map { _ in Throttle(failures: 1, lastFailure: nine) }
        }
        let all = try #require(FileManager.default.enumerator(atPath: place.path))
        var files = 0
        while let name = all.nextObject() as? String {
            #expect(!name.contains("walrus"))
            #expect(name.split(separator: "/").count <= 4)
            files += 1
        }
        #expect(files > 5 * 257)
    }

    @Test func `is completed, and not emptied, by being made again`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        try store.advanceSiteEpoch()
        try place.remove("throttles")
        try AccountDirectory.create(path: place.path)
        #expect(try place.open().account(at: adasAddress)?.id == ada)
        #expect(try store.siteEpoch() == 2)
        #expect(place.has("throttles/ff"))
    }

    @Test(arguments: ["accounts", "addresses", "confirmations", "forms", "throttles"])
    func `A63 is refused when a part is missing, open to others or a symbolic link`(
        name: String
    ) throws {
        let path = "\(place.path)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
        #expect(
            throws: StoreError.unavailable(
                "cannot open \(path): others can use it (mode 750); "
                    + "take their rights away with 'chmod go='")
        ) { try place.open() }

        try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
        #expect(
            throws: StoreError.unavailable(
                "cannot open \(path): it is missing; 'postern init' makes it in a new data directory"
            )
        ) { try place.open() }

        try FileManager.default.createSymbolicLink(
            atPath: path, withDestinationPath: path + ".moved")
        #expect(
            throws: StoreError.unavailable(
                "cannot open \(path): it is a symbolic link; the thing itself belongs there")
        ) { try place.open() }
    }

    @Test func `ends no session by a lost epoch, and revives none`() throws {
        try place.remove("epoch")
        #expect(
            throws: StoreError.unavailable("cannot open \(place.path)/epoch: it is missing")
        ) { try store.siteEpoch() }
        #expect(throws: StoreError.self) { try store.advanceSiteEpoch() }
        #expect(!place.has("epoch"))
    }

    @Test func `sweeps what is past its time or was left unfinished, and nothing else`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        let secret = TemporaryStore.key.tag(of: [])
        for (purpose, address) in [
            (Confirmation.Purpose.reset, adasAddress), (.signUp, adasAddress),
            (.reset, bobsAddress),
        ] {
            let asked = address == bobsAddress ? nine + 1 : nine
            try store.updateConfirmation(store.key(purpose, of: address)) {
                $0 = Confirmation(purpose, of: address, at: asked, secret: secret)
            }
        }
        let leftovers = [
            "accounts/01/AQEBAQEBAQEBAQEBAQEBAQ/.new-1", "confirmations/64/.new-1",
            "addresses/64/.new-1", "throttles/00/.new-1",
        ]
        for name in leftovers {
            try place.put("half", at: name)
            try place.age(name, by: 3700)
        }
        try place.put("half", at: "addresses/64/.new-2")
        try place.put("", at: "accounts/05/BQUFBQUFBQUFBQUFBQUFBQ/events")
        try place.put("", at: "accounts/06/BgYGBgYGBgYGBgYGBgYGBg/events")
        try place.age("accounts/05/BQUFBQUFBQUFBQUFBQUFBQ", by: 3700)

        try store.sweep(at: nine + Duration.hour)
        #expect(try store.confirmation(store.key(.reset, of: adasAddress)) == nil)
        #expect(try store.confirmation(store.key(.signUp, of: adasAddress)) != nil)
        #expect(try store.confirmation(store.key(.reset, of: bobsAddress)) != nil)
        #expect(leftovers.filter(place.has) == [])
        #expect(place.has("addresses/64/.new-2"))
        #expect(!place.has("accounts/05/BQUFBQUFBQUFBQUFBQUFBQ"))
        #expect(place.has("accounts/06/BgYGBgYGBgYGBgYGBgYGBg"))
        #expect(try store.account(at: adasAddress)?.id == ada)
    }

    @Test func `claims an address again that a copy has lost, and takes none from anybody`() throws
    {
        #expect(try store.add(account(ada, at: adasAddress)))
        #expect(try store.add(account(bob, at: bobsAddress)))
        let claim = try place.text(adasClaim)
        try place.remove(adasClaim)
        #expect(try store.account(at: adasAddress) == nil)
        try store.sweep(at: nine)
        #expect(try place.text(adasClaim) == claim)

        // A copy may even hold two accounts with one address; the claim says whose it is.
        try place.put(
            try place.text(adasFile).replacing("Ada@example.org", with: "bob@example.org"),
            at: adasFile)
        try store.sweep(at: nine)
        #expect(try store.account(at: bobsAddress)?.id == bob)
    }

    @Test func `sweeps on past what is damaged, and tells the first of it`() throws {
        let secret = TemporaryStore.key.tag(of: [])
        let key = store.key(.reset, of: adasAddress)
        try store.updateConfirmation(key) {
            $0 = Confirmation(.reset, of: adasAddress, at: nine, secret: secret)
        }
        try place.put("x", at: "confirmations/00/reset-00000000000000000000000000000000")
        try place.put("x", at: "accounts/00/AAAAAAAAAAAAAAAAAAAAAA/account")
        #expect(
            throws: StoreError.damaged(
                "\(place.path)/confirmations/00/reset-00000000000000000000000000000000: line 1: expected 'confirmation 1'"
            )
        ) { try store.sweep(at: nine + Duration.hour) }
        #expect(try store.confirmation(key) == nil)
        #expect(place.has("confirmations/00/reset-00000000000000000000000000000000"))
    }
}
