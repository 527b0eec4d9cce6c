import Cryptography
import Testing

@Suite struct RecoveryCodeTests {
    private let key = AuthenticationKey([UInt8](0..<32))

    // Groups of five bits, drawn by hand: 00443214C7 is 00000 00001 00010 … 00111.
    @Test(arguments: [
        ("00000000000000000000", "0000-0000-0000-0000"),
        ("ffffffffffffffffffff", "ZZZZ-ZZZZ-ZZZZ-ZZZZ"),
        ("00443214c700443214c7", "0123-4567-0123-4567"),
        ("f800000000000000001f", "Z000-0000-0000-000Z"),
    ])
    func `is shown as four groups of four`(hex: String, shown: String) throws {
        #expect(RecoveryCode(randomBytes: try bytes(hex)).displayed == shown)
        #expect(RecoveryCode(typed: shown)?.displayed == shown)
    }

    @Test(arguments: [
        "7KX2-9MQD-3H1V-W0PC", "7kx29mqd3h1vw0pc", " 7KX2 9MQD 3H1V W0PC\r\n",
        "7kx2–9mqd–3hlv–wopc", "7KX2\u{A0}9MQD\u{A0}3HIV\u{A0}WOPC", "７ＫＸ２－９ｍｑｄ－３Ｈ１Ｖ－Ｗ０ＰＣ",
        "\u{200B}7KX2-9MQD-3HiV-WoPC\u{FEFF}",
    ])
    func `is read however it is typed`(typed: String) throws {
        #expect(RecoveryCode(typed: typed)?.displayed == "7KX2-9MQD-3H1V-W0PC")
    }

    @Test(arguments: [
        "", "-", "0000-0000-0000-0000-0", "7KX2-9MQD", "7KX2-9MQD-3H1V-W0P", "7KX2-9MQD-3H1V-W0PC7",
        "7KX2-9MQD-3H1V-W0PC-7KX2-9MQD-3H1V-W0PC", "7KX2-9MQD-3H1V-W0PU", "7KX2-9MQD-3H1V-W0P.",
        "7KX2_9MQD_3H1V_W0PC", "7KX2-9MQD-3H1V-W0PÇ", "7KX2-9MQD-3H1V-W0P\0", "٧KX2-9MQD-3H1V-W0PC",
        String(repeating: "7", count: 100_000),
    ])
    func `A33: refuses what is not sixteen characters of the alphabet`(typed: String) {
        #expect(RecoveryCode(typed: typed) == nil)
    }

    @Test func `S23: is more than 64 random bits`() {
        #expect(RecoveryCode.byteCount * 8 >= 64)
    }

    @Test func `S23: has one tag, however it is typed`() throws {
        let account = [UInt8](16..<32)
        let kept = try #require(RecoveryCode(typed: "7KX2-9MQD-3H1V-W0PC"))
            .tag(under: key, of: account)
        let typed = try #require(RecoveryCode(typed: "7kx2 9mqd 3hlv wopc"))
        #expect(typed.tag(under: key, of: account) == kept)
    }

    @Test func `S23: has another tag for each account, key and code`() throws {
        let account = [UInt8](16..<32)
        let code = try #require(RecoveryCode(typed: "7KX2-9MQD-3H1V-W0PC"))
        let kept = code.tag(under: key, of: account)
        #expect(code.tag(under: key, of: [UInt8](17..<33)) != kept)
        #expect(code.tag(under: AuthenticationKey([UInt8](1..<33)), of: account) != kept)
        for other in ["8KX2-9MQD-3H1V-W0PC", "7KX2-9MQD-3H1V-W0PD", "7KX2-9MQE-3H1V-W0PC"] {
            let other = try #require(RecoveryCode(typed: other))
            #expect(other.tag(under: key, of: account) != kept)
        }
    }
}
