import Cryptography
import Testing

@Suite struct PrimitiveTests {
    @Test func `SHA-256 gives the digests of FIPS 180`() throws {
        let vectors = try vectors("sha256.txt")
        #expect(vectors.count == 5)
        for vector in vectors {
            #expect(Hex.encode(SHA256.digest(of: message(vector[0]))) == vector[1])
        }
    }

    @Test(arguments: [1, 63, 64, 65, 1000])
    func `SHA-256 does not depend on the pieces`(size: Int) throws {
        let million = try #require(try vectors("sha256.txt").last)
        let message = message(million[0])
        var hash = SHA256()
        for start in stride(from: 0, to: message.count, by: size) {
            hash.update(Array(message[start..<min(start + size, message.count)]))
        }
        #expect(Hex.encode(hash.digest()) == million[1])
    }

    @Test func `HMAC-SHA-256 gives the codes of RFC 4231`() throws {
        let vectors = try vectors("hmac.txt")
        #expect(vectors.count == 7)
        for vector in vectors {
            var hmac = HMAC<SHA256>(key: try bytes(vector[0]))
            hmac.update(try bytes(vector[1]))
            let code = Hex.encode(hmac.code())
            #expect(code.count == 64)
            #expect(code.prefix(vector[2].count) == vector[2])
        }
    }

    @Test func `HOTP gives the codes of RFC 4226 (S13)`() throws {
        let hmac = HMAC<SHA1>(key: Array("12345678901234567890".utf8))
        let vectors = try vectors("hotp.txt")
        #expect(vectors.count == 10)
        for vector in vectors {
            let counter = try #require(UInt64(vector[0]))
            var message = hmac
            message.update([0, 0, 0, 0, 0, 0, 0, UInt8(counter)])
            #expect(Hex.encode(message.code()) == vector[1])

            let password = HOTP.password(at: counter, hmac: hmac, digitCount: 6)
            #expect(password == UInt32(vector[2]))
        }
    }

    @Test func `TOTP gives the codes of RFC 6238 (S13)`() throws {
        let hmac = HMAC<SHA1>(key: Array("12345678901234567890".utf8))
        let vectors = try vectors("totp.txt")
        #expect(vectors.count == 6)
        for vector in vectors {
            let step = TimeStep(at: try #require(Int64(vector[0])))
            #expect(step.number == Int64(vector[1], radix: 16))

            let password = HOTP.password(at: UInt64(step.number), hmac: hmac, digitCount: 8)
            #expect(password == UInt32(vector[2]))
        }
    }

    @Test func `ChaCha20-Poly1305 gives the ciphertext of RFC 8439, and opens it`() throws {
        let vectors = try vectors("chacha20-poly1305.txt")
        #expect(vectors.count == 1)
        for vector in vectors {
            let columns = try vector.map(bytes)
            let sealed = ChaCha20Poly1305.seal(
                columns[3], key: columns[0], nonce: columns[1], authenticating: columns[2])
            #expect(sealed == columns[4])
            let opened = ChaCha20Poly1305.open(
                sealed, key: columns[0], nonce: columns[1], authenticating: columns[2])
            #expect(opened == columns[3])
        }
    }

    @Test func `ChaCha20-Poly1305 opens nothing that was changed`() throws {
        let columns = try vectors("chacha20-poly1305.txt")[0].map(bytes)
        for (position, column) in columns.enumerated() where position != 3 {
            for index in column.indices {
                var changed = columns
                changed[position][index] ^= 1
                let opened = ChaCha20Poly1305.open(
                    changed[4], key: changed[0], nonce: changed[1], authenticating: changed[2])
                #expect(opened == nil)
            }
        }
        for count in columns[4].indices {
            let opened = ChaCha20Poly1305.open(
                Array(columns[4].prefix(count)), key: columns[0], nonce: columns[1],
                authenticating: columns[2])
            #expect(opened == nil)
        }
    }

    @Test func `HKDF gives the keys of RFC 5869`() throws {
        let vectors = try vectors("hkdf.txt")
        #expect(vectors.count == 3)
        for vector in vectors {
            let key = HKDF.key(
                from: try bytes(vector[0]), salt: try bytes(vector[1]), info: try bytes(vector[2]),
                count: vector[3].count / 2)
            #expect(Hex.encode(key) == vector[3])
        }
    }

    @Test func `HKDF gives up to 255 blocks`() {
        let key = HKDF.key(from: [1], info: [], count: 255 * 32)
        #expect(key.count == 255 * 32)
        #expect(Array(key.prefix(32)) == HKDF.key(from: [1], info: [], count: 32))
    }

    @Test func `scrypt gives the keys of RFC 7914`() throws {
        let vectors = try vectors("scrypt.txt")
        #expect(vectors.count == 3)
        for vector in vectors {
            let cost = vector[2].split(separator: " ").compactMap { Int($0) }
            let parameters = try #require(ScryptParameters(ln: cost[0], r: cost[1], p: cost[2]))
            let key = try Scrypt.key(
                from: Array(vector[0].utf8), salt: Array(vector[1].utf8), parameters: parameters,
                count: 64)
            #expect(Hex.encode(key) == vector[3])
        }
    }

    @Test func `a tag tells where one field ends and the next begins`() {
        let key = AuthenticationKey(Array(0..<32))
        let tag = key.tag(of: [1, 2], [3])
        #expect(tag == key.tag(of: [1, 2], [3]))
        #expect(tag != key.tag(of: [1], [2, 3]))
        #expect(tag != key.tag(of: [1, 2, 3]))
        #expect(tag != key.tag(of: [1, 2], [3], []))
        #expect(tag != AuthenticationKey(Array(1..<33)).tag(of: [1, 2], [3]))
    }

    @Test func `a tag differs from itself with any one bit changed (S62)`() throws {
        let tag = AuthenticationKey(Array(0..<32)).tag(of: [1])
        #expect(AuthenticationTag(received: tag.bytes) == tag)
        for bit in 0..<256 {
            var bytes = tag.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(try #require(AuthenticationTag(received: bytes)) != tag)
        }
        #expect(AuthenticationTag(received: Array(tag.bytes.prefix(31))) == nil)
        #expect(AuthenticationTag(received: tag.bytes + [0]) == nil)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 1000])
    func `random bytes fill the whole array, and never twice the same way`(count: Int) {
        let draws = (0..<8).map { _ in randomBytes(count: count) }
        #expect(draws.allSatisfy { $0.count == count })
        // That a byte is zero eight times is as likely as one in 2⁶⁴.
        #expect((0..<count).allSatisfy { index in draws.contains { $0[index] != 0 } })
        #expect(count < 16 || Set(draws).count == 8)
    }

    private func message(_ column: String) -> [UInt8] {
        switch column {
        case "^": []
        case "a×1000000": [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        default: Array(column.utf8)
        }
    }
}
