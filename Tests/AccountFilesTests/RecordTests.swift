import Cryptography
import Testing

@testable import AccountFiles
@testable import Accounts

/// The files as they were written by hand, their places included.
@Suite struct RecordTests {
    let place: TemporaryStore
    var store: AccountDirectory { place.store }

    init() throws {
        place = try TemporaryStore()
    }

    func tag(_ byte: UInt8) -> AuthenticationTag {
        AuthenticationTag(received: [UInt8](repeating: byte, count: 32))!
    }

    @Test func `writes an account and its address in their places`() throws {
        #expect(try store.add(account(ada, at: adasAddress)))
        try store.update(ada) { account in
            account.begin(
                Session(
                    id: SessionID(bytes: [UInt8](repeating: 2, count: 16))!, level: .one,
                    at: nine + 720,
                    visitor: Visitor(network: "192.0.2.7", browser: "Firefox on Linux")))
        }
        #expect(try place.text(adasFile) == vector("account"))
        #expect(try place.text(adasClaim) == "address 1\naccount AQEBAQEBAQEBAQEBAQEBAQ\n")
    }

    @Test func `reads an account, and finds it by any spelling of its address`() throws {
        try place.put(vector("account"), at: adasFile)
        try place.put("address 1\naccount AQEBAQEBAQEBAQEBAQEBAQ\n", at: adasClaim)
        let account = try #require(try store.account(at: EmailAddress("ADA@Example.Org")!))
        #expect(account.email.text == "Ada@example.org")
        #expect(account.name.text == "Ada Lovelace")
        // As before accounts had one.
        #expect(account.language == nil)
        #expect(account.createdAt == nine)
        #expect(account.sessions.map(\.usedAt) == [nine + 720])
        #expect(account.sessions.map(\.visitor.browser) == ["Firefox on Linux"])
        #expect(try store.account(ada) == account)
    }

    @Test
    func `reads an account with everything that an account can have, and writes it as it was`()
        throws
    {
        let text = try vector("account-with-factors")
        let account = try Account(record: text)
        #expect(account.record == text)
        #expect(account.language?.text == "de-CH")
        #expect(account.renewal?.reason == .secondFactorGuessed)
        #expect(account.groups.map(\.text).sorted() == ["editors", "staff"])
        #expect(account.factors.apps.map(\.name.text) == ["Ada’s phone", "App"])
        #expect(account.factors.apps.map(\.lastStep.number) == [59_842_114, 59_842_116])
        #expect(account.factors.phone?.number.text == "+12125550167")
        #expect(account.factors.recoveryCodes == [tag(5), tag(6)])
        #expect(account.factors.generation == 3)
        #expect(account.factorFailures == Throttle(failures: 3, lastFailure: nine + 300))
        #expect(account.adviceDismissedAt == nine + 240)
        #expect(account.audiences[AudienceName("password-known")!] == nine + 360)
        #expect(account.sessions.map(\.level) == [.remembered])
        #expect(account.attempts.map(\.isKnownDevice) == [true, false])
        #expect(account.attempts.map(\.isBreached) == [true, false])
        #expect(account.sentCodes.map(\.tag) == [tag(9), tag(10)])
        #expect(account.sentCodes.map { $0.number?.text } == [nil, "+12125550167"])
    }

    @Test(arguments: [
        ("language de-CH", "language de_CH"),
        ("group staff", "group Staff"), ("factors 3", "factors -1"), (" 59842114 ", " 1e9 "),
        (" v1.4e5f6071.", " v2.4e5f6071."), (" Ada’s phone", ""),
        ("+12125550167\n", "2125550167\n"),
        ("factor-failures 3 ", "factor-failures three "), ("audience guessed-at", "audience x y"),
        ("audience guessed-at", "audience password-known"), (" known-device ", " some-device "),
        (" breached ", " "), (" -\n", " none\n"),
    ])
    func `refuses factors that it would not have written`(right: String, wrong: String) throws {
        let text = try vector("account-with-factors")
        #expect(text.contains(right))
        #expect(throws: RecordError.self) {
            try Account(record: text.replacing(right, with: wrong, maxReplacements: 1))
        }
    }

    @Test func `writes and reads what waits for a mailbox`() throws {
        let key = store.key(.signUp, of: adasAddress)
        let confirmation = Confirmation(
            .signUp, of: adasAddress, at: nine, secret: tag(3), code: tag(4), browser: tag(5),
            account: ada, generation: 4, name: PersonName("Ada Lovelace")!,
            language: LanguageTag("de"))
        try store.updateConfirmation(key) { $0 = confirmation }
        let name = "confirmations/64/sign-up-\(adasHash.prefix(32))"
        #expect(try place.text(name) == vector("confirmation"))
        #expect(try store.confirmation(key) == confirmation)

        // As before confirmations had a language.
        let earlier = try vector("confirmation").replacing("language de\n", with: "")
        try place.put(earlier, at: name)
        #expect(try store.confirmation(key)?.language == nil)
    }

    @Test func `writes and reads an invitation`() throws {
        let key = store.key(.invitation, of: adasAddress)
        let groups = try ["staff", "board"].map { try #require(GroupName($0)) }
        let invitation = Confirmation(
            .invitation, of: adasAddress, at: nine, secret: tag(3),
            name: PersonName("Ada Lovelace")!, groups: Set(groups))
        try store.updateConfirmation(key) { $0 = invitation }
        #expect(
            try place.text("confirmations/64/invitation-\(adasHash.prefix(32))") == """
                confirmation 1
                purpose invitation
                address Ada@example.org
                asked 2026-11-21T09:00:00Z
                state open
                secret AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM
                misses 0
                generation 0
                name Ada Lovelace
                group board
                group staff

                """)
        #expect(try store.confirmation(key) == invitation)
    }

    @Test func `S10: reads an account whose password another program hashed`() throws {
        let hash = "$imported$v1.4e5f6071.\(String(repeating: "A", count: 80))"
        let text = try vector("account")
            .replacing("password-changed", with: "password \(hash)\npassword-changed")
        let account = try Account(record: text)
        #expect(account.record == text)
        #expect(account.password?.text == hash)
    }

    @Test func `writes and reads throttles`() throws {
        let keys = [ThrottleKey.network("192.0.2.7"), .network("192.0.2.8")]
        try store.updateThrottles(keys) { $0[0] = Throttle(failures: 3, lastFailure: nine) }
        #expect(try place.text("throttles/9e/d") == vector("throttles"))
        let found = try store.updateThrottles(keys) { $0 }
        #expect(found == [Throttle(failures: 3, lastFailure: nine), .open])
    }

    @Test func `writes and reads events, the newest first`() throws {
        let first = Event(
            .signedIn, at: nine, by: Visitor(network: "192.0.2.7", browser: "Firefox on Linux"))
        let second = Event(
            .passwordChanged, at: nine + 720,
            by: Visitor(network: "2001:db8::", browser: "Safari on macOS"))
        #expect(try store.add(account(ada, at: adasAddress)))
        try store.note(first, of: ada)
        try store.note(second, of: ada)
        #expect(try place.text(adasEvents) == vector("events"))
        #expect(try store.events(of: ada, atMost: 10) == [second, first])
        #expect(try store.events(of: ada, atMost: 1) == [second])
    }

    @Test func `counts how often all sessions of all accounts were ended`() throws {
        #expect(try place.text("epoch") == "epoch 1\ncount 1\n")
        try store.advanceSiteEpoch()
        #expect(try place.text("epoch") == "epoch 1\ncount 2\n")
        #expect(try store.siteEpoch() == 2)
    }

    @Test(arguments: [
        ("", "line 1: expected 'throttles 1'"),
        ("throttles 2\n", "line 1: expected 'throttles 1'"),
        (
            "throttles 1\nthrottle 00 1 2026-11-21T09:00:00Z\n",
            "line 2: expected 'throttle' and a value that it can have"
        ),
        (
            "throttles 1\nthrottle 9ed5f4ea4fb0d13761911fd72d67b78c -1 2026-11-21T09:00:00Z\n",
            "line 2: expected 'throttle' and a value that it can have"
        ),
        (
            "throttles 1\nthrottle 9ed5f4ea4fb0d13761911fd72d67b78c 3\n",
            "line 2: expected 'throttle' and a value that it can have"
        ),
        (
            "throttles 1\nthrottle 9ed5f4ea4fb0d13761911fd72d67b78c 03 2026-11-21T09:00:00Z\n",
            "line 2: expected the one spelling of its value"
        ),
        (
            "throttles 1\nthrottle 9ed5f4ea4fb0d13761911fd72d67b78c 3 2026-11-21T09:00:00Z",
            "line 3: expected nothing more"
        ),
    ])
    func `refuses throttles that it would not have written`(text: String, reason: String) {
        let error = #expect(throws: RecordError.self) { try ThrottleFile(record: text) }
        #expect(error?.description == reason)
    }

    @Test func `refuses throttles that stand twice or in another order`() {
        let first = "throttle 9ed5f4ea4fb0d13761911fd72d67b78c 3 2026-11-21T09:00:00Z\n"
        let second = "throttle aed5f4ea4fb0d13761911fd72d67b78c 3 2026-11-21T09:00:00Z\n"
        #expect(throws: RecordError.self) {
            try ThrottleFile(record: "throttles 1\n\(second)\(first)")
        }
        #expect(throws: RecordError.self) {
            try ThrottleFile(record: "throttles 1\n\(first)\(first)")
        }
        #expect(throws: Never.self) { try ThrottleFile(record: "throttles 1\n\(first)\(second)") }
    }
}
