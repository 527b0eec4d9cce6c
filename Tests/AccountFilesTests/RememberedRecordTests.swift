import AccountFiles
import Accounts
import Foundation
import Testing

/// Records that were read before, once something has been done to their files.
@Suite struct RememberedRecordTests {
    private let place: TemporaryStore
    private var store: AccountDirectory { place.store }

    init() async throws {
        place = try TemporaryStore()
        try #require(try place.store.add(account(ada, at: adasAddress)))
        // What was changed a moment ago is not remembered.
        try await Task.sleep(for: .seconds(3))
        try #require(try place.store.account(ada) == account(ada, at: adasAddress))
        try #require(try place.store.siteEpoch() == 1)
    }

    @Test func `are read again once another process has changed them (A43, S43)`() throws {
        let other = try place.open()
        _ = try other.update(ada) { $0.isDisabled = true }
        #expect(try store.account(ada)?.isDisabled == true)
        _ = try other.update(ada) { $0.isDisabled = false }
        #expect(try store.account(ada)?.isDisabled == false)
        try other.advanceSiteEpoch()
        #expect(try store.siteEpoch() == 2)
        try other.remove(ada)
        #expect(try store.account(ada) == nil)
    }

    @Test func `are read again once a hand has changed them in place`() throws {
        let text = try place.text(adasFile)
        try place.put(text.replacing("Lovelace", with: "Lovelacy"), at: adasFile)
        #expect(try store.account(ada)?.name == PersonName("Ada Lovelacy"))
        try place.put(text.replacing("disabled no", with: "disabled"), at: adasFile)
        #expect(throws: StoreError.self) { try store.account(ada) }
    }

    @Test func `are worth nothing once others may read the file (A63)`() throws {
        let path = "\(place.path)/\(adasFile)"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: StoreError.self) { try store.account(ada) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try FileManager.default.linkItem(atPath: path, toPath: "\(place.path)/second-name")
        #expect(throws: StoreError.self) { try store.account(ada) }
    }
}
