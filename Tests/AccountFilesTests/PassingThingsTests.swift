import Accounts
import Cryptography
import Foundation
import Testing

@testable import AccountFiles

/// Confirmations, throttles, events and forms.
@Suite struct PassingThingsTests {
    let place: TemporaryStore
    var store: AccountDirectory { place.store }
    let form = FormID(bytes: [UInt8](repeating: 7, count: 16))!

    struct Refusal: Error {}

    init() throws {
        place = try TemporaryStore()
    }

    // MARK: - Confirmations

    @Test func `keeps one confirmation for each purpose and address`() throws {
        let secret = TemporaryStore.key.tag(of: [])
        let key = store.key(.reset, of: adasAddress)
        #expect(key == store.key(.reset, of: EmailAddress("ADA@example.org")!))
        try store.updateConfirmation(key) {
            $0 = Confirmation(.reset, of: adasAddress, at: nine, secret: secret)
        }
        #expect(throws: Refusal.self) {
            try store.updateConfirmation(key) { confirmation in
                confirmation?.state = .used
                throw Refusal()
            }
        }
        #expect(try store.confirmation(key)?.state == .open)
        #expect(try store.confirmation(store.key(.signUp, of: adasAddress)) == nil)
        #expect(try store.confirmation(store.key(.reset, of: bobsAddress)) == nil)
        try store.updateConfirmation(key) { $0 = nil }
        #expect(try store.confirmation(key) == nil)
    }

    @Test func `takes no confirmation for that of another address`() throws {
        let key = store.key(.signUp, of: bobsAddress)
        let name =
            "confirmations/\(Hex.encode([key.addressTag[0]]))/sign-up-\(Hex.encode(key.addressTag))"
        try place.put(vector("confirmation"), at: name)
        #expect(
            throws: StoreError.damaged("\(place.path)/\(name): it is the file of another address")
        ) { try store.confirmation(key) }
    }

    // MARK: - Throttles

    @Test func `forgets the fewest failures first, and never the one it counts`() {
        var file = ThrottleFile()
        for number in 0..<UInt8(ThrottleFile.most) {
            file[ThrottleName(tag: [UInt8](repeating: number, count: 16))] = Throttle(
                failures: 10 + Int(number), lastFailure: nine)
        }
        let new = ThrottleName(tag: [UInt8](repeating: 0xFF, count: 16))
        file[new] = Throttle(failures: 1, lastFailure: nine + 1)
        let bounded = file.bounded()
        #expect(bounded.lines.count == 64)
        #expect(bounded[new].failures == 1)
        #expect(bounded[ThrottleName(tag: [UInt8](repeating: 0, count: 16))] == .open)
        #expect(bounded[ThrottleName(tag: [UInt8](repeating: 1, count: 16))].failures == 11)
    }

    @Test func `forgets first what a day has passed over, however often it failed`() {
        var file = ThrottleFile()
        for number in 0..<UInt8(ThrottleFile.most) {
            file[ThrottleName(tag: [UInt8](repeating: number, count: 16))] = Throttle(
                failures: 2, lastFailure: nine)
        }
        let old = ThrottleName(tag: [UInt8](repeating: 0xFF, count: 16))
        file[old] = Throttle(failures: 1000, lastFailure: nine - Duration.day)
        #expect(file.bounded()[old] == .open)
    }

    @Test func `counts from nothing after a loss of power, and refuses what is damaged`() throws {
        try place.put("", at: "throttles/9e/d")
        #expect(try store.updateThrottles([.network("192.0.2.7")]) { $0 } == [.open])
        try place.put("throttles 1\nx\n", at: "throttles/9e/d")
        #expect(
            throws: StoreError.damaged(
                "\(place.path)/throttles/9e/d: line 2: expected nothing more")
        ) { try store.updateThrottles([.network("192.0.2.7")]) { $0 } }
    }

    @Test func `takes no key for another`() throws {
        let keys: [ThrottleKey] = [
            .network("x"), .address("x"), .pair(address: "x", network: "y"), .device([1]),
            .mail("x"), .mailNetwork("x"), .session(ada), .network("address x"),
        ]
        try store.updateThrottles(keys) { throttles in
            for index in throttles.indices {
                throttles[index] = Throttle(failures: index + 1, lastFailure: nine)
            }
        }
        let found = try store.updateThrottles(keys) { $0.map(\.failures) }
        #expect(found == Array(1...keys.count))
    }

    // MARK: - Events

    @Test func `keeps the latest events of an account in a bounded file`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        let visitor = Visitor(network: "192.0.2.7", browser: String(repeating: "x", count: 100))
        for number in 0..<700 {
            try store.note(Event(.signedIn, at: nine + Int64(number), by: visitor), of: ada)
        }
        let events = try store.events(of: ada, atMost: 1000)
        #expect(events.count >= 100)
        #expect(events.map(\.at) == (0..<events.count).map { nine + Int64(699 - $0) })
        #expect(try place.text(adasEvents).utf8.count <= 32 << 10)
    }

    @Test func `drops an event that a crash cut off, and refuses one that is damaged`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        try place.put(vector("events") + "2026-11-21T09:1", at: adasEvents)
        #expect(try store.events(of: ada, atMost: 10).count == 2)
        try place.put("x\n" + vector("events"), at: adasEvents)
        #expect(
            throws: StoreError.damaged("\(place.path)/\(adasEvents): line 1: expected an event")
        ) { try store.events(of: ada, atMost: 10) }
    }

    @Test func `notes nothing of an account that is gone`() throws {
        let event = Event(.notMe, at: nine, by: Visitor(network: "::", browser: "x"))
        try store.note(event, of: ada)
        #expect(try store.events(of: ada, atMost: 10) == [])
        #expect(try place.names(in: "accounts/01") == [])
    }

    // MARK: - Forms

    @Test func `P13 does what a form asks for once within its hour and the next`() throws {
        let first = try store.once(form, at: nine + 3599) { [1, 2] }
        #expect(first?.bytes == [1, 2] && first?.isRepetition == false)
        for later: Int64 in [3599, 3600, 7199] {
            let again = try store.once(form, at: nine + later) { [3] }
            #expect(again?.bytes == [1, 2] && again?.isRepetition == true)
        }
        let anew = try store.once(form, at: nine + 7200) { [3] }
        #expect(anew?.bytes == [3] && anew?.isRepetition == false)
        // The hour before last is gone.
        #expect(try place.names(in: "forms/07") == ["2026-11-21T11"])
    }

    @Test func `keeps nothing of work that failed or came to nothing`() throws {
        #expect(try store.once(form, at: nine) { nil } == nil)
        #expect(throws: Refusal.self) { try store.once(form, at: nine) { throw Refusal() } }
        #expect(try store.once(form, at: nine) { [] }?.isRepetition == false)
        #expect(try store.once(form, at: nine) { [1] }?.bytes == [])
    }

    @Test func `keeps a bounded number of answers`() throws {
        for number in 0..<UInt8(200) {
            let form = FormID(bytes: [7, number] + [UInt8](repeating: 0, count: 14))!
            let answer = try store.once(form, at: nine) { [number] }
            #expect(answer?.bytes == [number] && answer?.isRepetition == false)
        }
        #expect(try place.names(in: "forms/07/2026-11-21T09").count == 128)
    }
}
