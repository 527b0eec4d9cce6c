import Cryptography
import Foundation
import Testing

@Suite struct ImportedHashTests {
    private static let phrase = "correct horse"
    private let cheap: ScryptParameters

    init() throws {
        cheap = try #require(ScryptParameters(ln: 4, r: 8, p: 1))
    }

    private func hasher(_ decoy: ImportedHash? = nil) throws -> PasswordHasher {
        PasswordHasher(peppers: try vectorRing(), parameters: cheap, importedDecoy: decoy)
    }

    private func sealed(_ text: String) throws -> PasswordHash {
        try hasher().seal(
            ImportedHash(text: text),
            nonce: [UInt8](repeating: 7, count: SealedSecret.nonceByteCount))
    }

    @Test func `verifies what other programs hashed, and nothing shorter`() throws {
        let vectors = try vectors("imported-hashes.txt")
        #expect(vectors.count == 30)
        for vector in vectors {
            let password = String(decoding: try bytes(vector[1]), as: UTF8.self)
            let hash = try sealed(vector[2])
            #expect(try hasher().verifies(Password(password), against: hash), "\(vector[0])")
            let shorter = String(password.unicodeScalars.dropLast())
            #expect(try !hasher().verifies(Password(shorter), against: hash), "\(vector[0])")
        }
    }

    @Test func `S3: a decomposed letter is the composed one that was hashed`() throws {
        // htpasswd -n -B -C 4 ada, of café with a composed letter.
        let hash = try sealed("$2y$04$Pk8dGjfnJ52LviWdEh9Rd.xZ9uA0MfY061zdz29h2KJSTzFNX3bTu")
        #expect(try hasher().verifies(Password("caf\u{E9}"), against: hash))
        #expect(try hasher().verifies(Password("cafe\u{301}"), against: hash))
        #expect(try !hasher().verifies(Password("cafe"), against: hash))
    }

    @Test func `S10: what is kept shows nothing of the hash, and opens with the pepper`() throws {
        let text = "$1$saltsalt$jZeqwU1EAUA7UAhQ4BHym5"
        let hash = try sealed(text)
        #expect(hash.text.hasPrefix("$imported$v1.4e5f6071."))
        #expect(!hash.text.contains("saltsalt"))
        #expect(PasswordHash(text: hash.text) == hash)
        #expect(try hasher().hasPepper(of: hash))

        let other = PasswordHasher(peppers: .generated(at: 1), parameters: cheap)
        #expect(!other.hasPepper(of: hash))
        #expect(throws: PasswordHasherError.unknownPepper(hash.pepperID)) {
            try other.verifies(Password("a"), against: hash)
        }
        guard case .imported(let secret) = hash else { return }
        #expect(try hasher().open(secret).text == text)
    }

    @Test func `D6: an imported hash makes way for one of ours`() throws {
        #expect(try hasher().needsRehash(sealed("{SHA}m76WZKr3nazPJq4u/jifdfySfHU=")))
    }

    @Test func `a decoy costs what its hash costs, and nothing matches it`() throws {
        for vector in try vectors("imported-hashes.txt") {
            let hash = try ImportedHash(text: vector[2])
            let decoy = try hash.decoy
            #expect(decoy.milliseconds == hash.milliseconds, "\(vector[0])")
            #expect(decoy.text != hash.text)
            #expect(try decoy.decoy.text == decoy.text)
            let seal = try sealed(decoy.text)
            #expect(try !hasher().verifies(Password(Self.phrase), against: seal), "\(vector[0])")
        }
    }

    @Test func `A16: as long as there are imported hashes, every password takes as long`() throws {
        // 70 ms each on a processor of 2020, where scrypt at this cost takes none.
        let text = "$2y$10$HLSsnVnXDP9exvQNXml2M.xgReFzDxYIWKX/i02YAT6J4i4c2xD6q"
        let hasher = try hasher(ImportedHash(text: text).decoy)
        let own = try hasher.hash(Password(Self.phrase), salt: [UInt8](0..<16))
        let unsalted = try sealed("{SHA}m76WZKr3nazPJq4u/jifdfySfHU=")
        let password = try Password(Self.phrase)
        // What the processor spends on it, however busy the machine is.
        func time(_ hash: PasswordHash) throws -> Double {
            let begin = processorMilliseconds()
            _ = try hasher.verifies(password, against: hash)
            return processorMilliseconds() - begin
        }
        let times = [
            try time(sealed(text)), try time(own), try time(hasher.decoy), try time(unsalted),
        ]
        let (shortest, longest) = (try #require(times.min()), try #require(times.max()))
        #expect(shortest > 10, "\(times)")
        #expect(longest < shortest * 1.5, "\(times)")
    }

    private func processorMilliseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }

    @Test(arguments: [
        "", "password", "5f4dcc3b5aa765d61d8327deb882cf99", "rEK1ecacw.7.c", "$gy$j9T$a$b",
        "$7$C6$",
        "$2x$05$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi",
        "$wp$6$TQt2LlGI3RMGxcjB$nnXCWRnsJZ1WZDOBHn3wFkic6BRcItbBtjcNsXJp6u10kCUNx",
        "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99", "{SSHA}m76WZKr3nazPJq4u/jifdfySfHU=",
    ])
    func `refuses what it does not know`(text: String) {
        #expect(throws: ImportedHashError.unknown) { try ImportedHash(text: text) }
    }

    @Test(arguments: [
        "$2y$05$WQ/N6EI0JHy6", "$2y$5$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi",
        "$2y$+5$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi",
        "$2y$03$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi",
        "$2y$05$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/b\u{E9}",
        "$6$rounds=999$salt$x", "$6$salt$short", "$y$j9T$x$y", "$y$k9T$x$y", "$P$Bshort",
        "$P$.rVsfJB4zWz0FDGKXH1fgruVEe4Ibm.", "$1$saltsaltsalt$jZeqwU1EAUA7UAhQ4BHym5",
        "{SHA}m76WZKr3nazPJq4u/jifdfySfHU", "pbkdf2_sha256$0$salt$AAAA", "pbkdf2_sha256$x",
        "scrypt$1000$salt$8$5$AAAA", "$argon2id$v=19$m=65536,t=4$c2FsdHNhbHQ$AAAA",
        "$argon2id$v=19$t=4,m=65536,p=1$c2FsdHNhbHQ$E52bMnPDMUUnl",
    ])
    func `refuses what is no whole hash`(text: String) throws {
        let error = #expect(throws: ImportedHashError.self) { try ImportedHash(text: text) }
        guard case .malformed = error else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        "$2y$15$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi",
        "$5$rounds=200001$k.5mNbxfEWGEi0j3$lA4AzrGd4KKyGLTSj4xJZqg485UeiImnLwZHjPSYKs0",
        "$y$jDT$/MQWJXB3YN39VHF7QJFeC.$Hk/RuWgKJ38SiUXnbA90aQBMNqUA5AaHE1NbxA9Gxg1",
        "$P$FrVsfJB4zWz0FDGKXH1fgruVEe4Ibm.",
        "pbkdf2_sha256$9000000$salt$MVMGnSI7ttXH9RPTjhAayHjl1vJI6FvkijClUJHHeWo=",
        "$argon2id$v=19$m=262144,t=1,p=1$ci9ZTkRGSWU4ZmpGVlhXUA$0E52bMnPDMUUnl//e163tYiuuFfOPJHl9ysqHdDXM7I",
        "$argon2id$v=19$m=65536,t=90,p=1$ci9ZTkRGSWU4ZmpGVlhXUA$0E52bMnPDMUUnl//e163tYiuuFfOPJHl9ysqHdDXM7I",
    ])
    func `A24: refuses what takes too long or too much memory`(text: String) {
        #expect(throws: ImportedHashError.tooCostly) { try ImportedHash(text: text) }
    }

    @Test func `A54: an error says nothing of the hash`() {
        let error = #expect(throws: ImportedHashError.self) { try ImportedHash(text: "hunter2") }
        #expect(error?.description == "the hash is of no kind that is known here")
    }
}
