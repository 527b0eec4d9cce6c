import Cryptography
import Foundation
import Testing

@Suite struct PasswordHasherTests {
    private let salt = [UInt8](0..<16)
    private let cheap: ScryptParameters

    init() throws {
        cheap = try #require(ScryptParameters(ln: 4, r: 8, p: 1))
    }

    private func hasher() throws -> PasswordHasher {
        PasswordHasher(peppers: try vectorRing(), parameters: cheap)
    }

    @Test func `verifies and makes what another program hashed`() throws {
        let vectors = try vectors("password-hashes.txt")
        #expect(vectors.count == 7)
        for vector in vectors {
            let password = try Password(String(decoding: bytes(vector[0]), as: UTF8.self))
            let hash = try #require(PasswordHash(text: vector[1]))
            #expect(hash.text == vector[1])
            #expect(try hasher().verifies(password, against: hash))

            guard
                hash.pepperID == (try vectorRing().newestID), case .own(let own) = hash
            else { continue }
            let hasher = PasswordHasher(peppers: try vectorRing(), parameters: own.parameters)
            #expect(try hasher.hash(password, salt: salt) == hash)
        }
    }

    @Test func `a composed and a decomposed letter are one password (S3)`() throws {
        let hash = try hasher().hash(Password("caf\u{E9}"), salt: salt)
        #expect(try hasher().verifies(Password("cafe\u{301}"), against: hash))
        #expect(try !hasher().verifies(Password("cafe"), against: hash))
    }

    @Test(arguments: [(64, 63), (200, 199), (200, 72), (1024, 1023), (1024, 0)])
    func `every byte matters (S2)`(count: Int, position: Int) throws {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        let hash = try hasher().hash(Password(String(decoding: text, as: UTF8.self)), salt: salt)
        text[position] = UInt8(ascii: "y")
        let other = try Password(String(decoding: text, as: UTF8.self))
        #expect(try !hasher().verifies(other, against: hash))
    }

    @Test func `spaces at the ends matter (S3)`() throws {
        let hash = try hasher().hash(Password(" a "), salt: salt)
        #expect(try !hasher().verifies(Password("a"), against: hash))
    }

    @Test func `one password with two salts has two hashes (S9)`() throws {
        let other = [UInt8](1..<17)
        #expect(
            try hasher().hash(Password("a"), salt: salt)
                != hasher().hash(Password("a"), salt: other))
    }

    @Test func `the hash and the right password are nothing without the pepper (S10)`() throws {
        let hash = try hasher().hash(Password("correct horse"), salt: salt)

        // Another secret under the same id.
        let text = "keys 1\nkey 4e5f6071 1764676000 y6BrVzb69n5UsHtWHq6UOV53TFF6fZEKVDaeEmPM-9Q\n"
        let thief = PasswordHasher(peppers: try KeyRing(text: text), parameters: cheap)
        #expect(try !thief.verifies(Password("correct horse"), against: hash))

        // What a cracker computes, scrypt of the password alone, is not what is stored.
        let key = try Scrypt.key(
            from: Array("correct horse".utf8), salt: salt, parameters: cheap, count: 32)
        let stored = try #require(hash.text.split(separator: "$").last)
        #expect(Data(base64Encoded: "\(stored)=") != Data(key))
        #expect(Data(base64Encoded: "\(stored)=")?.count == 32)
    }

    @Test func `says so when the pepper is gone, and does not call the password wrong`() throws {
        let hash = try hasher().hash(Password("a"), salt: salt)
        let other = PasswordHasher(peppers: KeyRing.generated(at: 1), parameters: cheap)
        #expect(throws: PasswordHasherError.unknownPepper(hash.pepperID)) {
            try other.verifies(Password("a"), against: hash)
        }
    }

    @Test func `needs a new hash after a change of cost or pepper (D6)`() throws {
        let hash = try hasher().hash(Password("a"), salt: salt)
        #expect(try !hasher().needsRehash(hash))

        let dearer = PasswordHasher(peppers: try vectorRing(), parameters: .standard)
        #expect(dearer.needsRehash(hash))

        let rotated = PasswordHasher(
            peppers: try vectorRing().rotated(at: 1_764_676_000, keeping: 1 << 40),
            parameters: cheap)
        #expect(rotated.needsRehash(hash))
        #expect(try rotated.verifies(Password("a"), against: hash))
    }

    @Test func `a decoy costs what a new hash costs, and nothing matches it (A15)`() throws {
        let hasher = try hasher()
        let decoy = hasher.decoy
        guard case .own(let own) = decoy else {
            Issue.record("a decoy is a hash as ours are")
            return
        }
        #expect(own.parameters == cheap)
        #expect(!hasher.needsRehash(decoy))
        #expect(try !hasher.verifies(Password(""), against: decoy))
        #expect(try !hasher.verifies(Password("a"), against: decoy))
        #expect(PasswordHash(text: decoy.text) == decoy)
    }

    private static let good = "$scrypt$ln=4,r=8,p=1,keyid=4e5f6071$AAECAwQFBgcICQoLDA0ODw$"
    private static let hash = "w+5nQF55C6YvOueNzdOYkyGM1dDMyetYWZSfqbAt5Lw"

    @Test func `reads the spelling that the next test spoils`() {
        #expect(PasswordHash(text: Self.good + Self.hash) != nil)
    }

    private static let spoiled: [String] =
        [
            "", "$", good, " \(good)\(hash)", "\(good)\(hash)=", "\(good)\(hash)$",
            "\(good)\(hash)\n",
        ]
        + [
            ("Lw", "L"), ("Lw", "Lx"), ("w+5", "w-5"), ("Dw$", "$"), ("Dw$", "Dx$"),
            ("scrypt", "argon2id"), ("scrypt", "SCRYPT"), ("$scrypt", "scrypt"),
            ("ln=4", "ln=04"), ("ln=4", "ln=+4"), ("ln=4", "ln=0"), ("ln=4", "ln=30"),
            ("ln=4", "n=4"), ("ln=4", "4"), ("r=8,p=1", "p=1,r=8"), ("r=8", "r=-8"),
            ("p=1", "p=1000000"), ("p=1", ",p=1"), (",keyid=4e5f6071", ""), ("4e5f6071", ""),
            ("4e5f6071", "../x"), ("keyid", "data"),
        ].map { (good + hash).replacing($0.0, with: $0.1) }

    @Test(arguments: spoiled)
    func `refuses any other spelling of a hash`(text: String) {
        #expect(text != Self.good + Self.hash)
        #expect(PasswordHash(text: text) == nil)
    }

    // OWASP Password Storage Cheat Sheet, and rows just below and above its own.
    @Test(arguments: [
        (17, 8, 1, true), (16, 8, 2, true), (15, 8, 3, true), (14, 8, 5, true), (13, 8, 10, true),
        (17, 8, 2, true), (16, 8, 3, true), (16, 8, 1, false), (15, 8, 2, false),
        (14, 8, 4, false), (13, 8, 9, false), (14, 7, 5, false), (14, 16, 5, true),
        (12, 8, 20, false),
    ])
    func `knows which costs are enough (S9)`(ln: Int, r: Int, p: Int, isStrong: Bool) throws {
        #expect(try #require(ScryptParameters(ln: ln, r: r, p: p)).isStrong == isStrong)
    }

    @Test(arguments: [
        (0, 8, 1), (-1, 8, 1), (18, 8, 1), (64, 8, 1), (14, 0, 5), (14, 33, 5), (14, 8, 0),
        (14, 8, 33), (17, 16, 1), (.max, .max, .max),
    ])
    func `refuses a cost that is none or too much`(ln: Int, r: Int, p: Int) {
        #expect(ScryptParameters(ln: ln, r: r, p: p) == nil)
    }

    @Test func `hashes at the highest cost that it allows (D6)`() throws {
        let parameters = try #require(ScryptParameters(ln: 17, r: 8, p: 1))
        let hasher = PasswordHasher(peppers: try vectorRing(), parameters: parameters)
        let hash = try hasher.hash(Password("a"), salt: salt)
        #expect(try hasher.verifies(Password("a"), against: hash))
    }
}
