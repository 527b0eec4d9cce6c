import Cryptography
import Testing

@Suite struct KeyRingTests {
    @Test func `has one spelling`() throws {
        let text = try vectorText("keys.txt")
        let ring = try KeyRing(text: text)
        #expect(ring.text == text)
        #expect(ring.index.map(\.id.description) == ["0a1b2c3d", "4e5f6071"])
        #expect(ring.index.map(\.createdAt) == [1_756_900_000, 1_764_676_000])
        #expect(ring.newestID.description == "4e5f6071")
    }

    private static let secret = "y6BrVzb69n5UsHtWHq6UOV53TFF6fZEKVDaeEmPM-9Q"
    private static let fields = "'key', an id, a time and a secret"
    private static let id = "an id of 1 to 16 small letters and digits"
    private static let time = "a time in seconds since 1970"
    private static let thirtyTwoBytes = "a secret of 32 bytes in base64url"
    private static let random = "a secret of random bytes, not an example"

    @Test(arguments: [
        ("", 1, "'keys 1'"),
        ("\n", 1, "'keys 1'"),
        ("keys 2\nkey a 1 \(secret)\n", 1, "'keys 1'"),
        (" keys 1\nkey a 1 \(secret)\n", 1, "'keys 1'"),
        ("keys 1\r\nkey a 1 \(secret)\r\n", 1, "'keys 1'"),
        ("key a 1 \(secret)\n", 1, "'keys 1'"),
        ("keys 1", 1, "a line break at the end"),
        ("keys 1\nkey a 1 \(secret)", 2, "a line break at the end"),
        ("keys 1\n", 2, "a key"),
        ("keys 1\n\nkey a 1 \(secret)\n", 2, fields),
        ("keys 1\nkey a 1 \(secret)\n\n", 3, fields),
        ("keys 1\n# a comment\n", 2, fields),
        ("keys 1\nkey a 1\n", 2, fields),
        ("keys 1\nkey a 1 \(secret) \n", 2, fields),
        ("keys 1\nkey  a 1 \(secret)\n", 2, fields),
        ("keys 1\nKEY a 1 \(secret)\n", 2, fields),
        ("keys 1\nkey A 1 \(secret)\n", 2, id),
        ("keys 1\nkey ../x 1 \(secret)\n", 2, id),
        ("keys 1\nkey abcdefghijklmnopq 1 \(secret)\n", 2, id),
        ("keys 1\nkey a 01 \(secret)\n", 2, time),
        ("keys 1\nkey a +1 \(secret)\n", 2, time),
        ("keys 1\nkey a -1 \(secret)\n", 2, time),
        ("keys 1\nkey a 9223372036854775808 \(secret)\n", 2, time),
        ("keys 1\nkey a 1 \(secret)=\n", 2, thirtyTwoBytes),
        ("keys 1\nkey a 1 AAECAwQFBgcICQoLDA0ODw\n", 2, thirtyTwoBytes),
        ("keys 1\nkey a 1 \n", 2, thirtyTwoBytes),
        ("keys 1\nkey a 1 \(secret)\nkey a 2 \(secret)\n", 3, "an id that no key above has"),
        ("keys 1\nkey a 2 \(secret)\nkey b 1 \(secret)\n", 3, "a key no older than the one above"),
    ])
    func `refuses a text that is no ring, and says where (A72)`(
        text: String, line: Int, expected: String
    ) throws {
        let error = #expect(throws: KeyRingError.self) { try KeyRing(text: text) }
        #expect(error?.line == line)
        #expect(error?.expected == expected)
        #expect(error?.description == "line \(line): expected \(expected)")
    }

    private static let writtenByHand: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [UInt8](repeating: 7, count: 32),
        [UInt8](0..<32),
        [UInt8](0..<32).reversed(),
        [UInt8](0..<32).map { 250 &+ $0 &* 3 },
        [UInt8](0..<32).map { [0xDE, 0xAD, 0xBE, 0xEF][Int($0 % 4)] },
        [UInt8](0..<32).map { $0 % 8 &* 31 },
        Array("change-me-change-me-change-me-ch".utf8),
        Array("0123456789abcdef0123456789ABCDEF".utf8),
    ]

    @Test(arguments: writtenByHand)
    func `refuses a key that somebody wrote by hand (A72)`(secret: [UInt8]) {
        let error = #expect(throws: KeyRingError.self) {
            try KeyRing(text: "keys 1\nkey a 1 \(Base64URL.encode(secret))\n")
        }
        #expect(error?.expected == Self.random)
    }

    @Test func `makes keys that it takes itself, and no two alike`() throws {
        let texts = (0..<200).map { _ in KeyRing.generated(at: 1).text }
        #expect(Set(texts).count == 200)
        for text in texts {
            #expect(try KeyRing(text: text).text == text)
        }
    }

    @Test func `adds a new key at the end when it is rotated (P6)`() throws {
        let ring = try vectorRing().rotated(at: 1_764_676_100, keeping: 1_000_000_000)
        #expect(ring.index.count == 3)
        #expect(ring.index.prefix(2).map(\.id) == (try vectorRing().index.map(\.id)))
        #expect(ring.newestID == ring.index[2].id)
        #expect(ring.index[2].createdAt == 1_764_676_100)
        #expect(try KeyRing(text: ring.text).text == ring.text)
    }

    // The first key made its last text at 1,764,676,000, when the second was made.
    @Test(arguments: [(1_764_676_099, 3), (1_764_676_100, 2)])
    func `drops a key when its last text has ended (P6)`(now: Int64, count: Int) throws {
        #expect(try vectorRing().rotated(at: now, keeping: 100).index.count == count)
    }

    @Test func `keeps what was the newest key until now, however old it is`() throws {
        let ring = try vectorRing().rotated(at: 4_000_000_000, keeping: 100)
        #expect(ring.index.map(\.id.description).first == "4e5f6071")
        #expect(ring.index.count == 2)
    }

    @Test func `stays in order when the clock was set back`() throws {
        let ring = try vectorRing().rotated(at: 5, keeping: 100)
        #expect(try KeyRing(text: ring.text).index.map(\.createdAt).last == 1_764_676_000)
    }

    @Test func `gives each purpose a key of its own (P5)`() throws {
        let ring = try vectorRing()
        let session = try #require(ring.key(ring.newestID, for: "session"))
        let reset = try #require(ring.key(ring.newestID, for: "password-reset"))
        #expect(session.tag(of: [1]) != reset.tag(of: [1]))
    }

    @Test func `has no key of an id it does not know (A73)`() throws {
        #expect(try vectorRing().key(#require(KeyID("ffffffff")), for: "session") == nil)
    }

    @Test(arguments: [
        "", "A", "a b", "a/b", "..", "a.b", "a\n", "é", "a\u{301}", "abcdefghijklmnopq",
    ])
    func `an id is neither a path nor a separator (A73)`(text: String) {
        #expect(KeyID(text) == nil)
    }
}
