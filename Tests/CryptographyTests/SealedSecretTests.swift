import Cryptography
import Testing

@Suite struct SealedSecretTests {
    private let account = [UInt8](0..<16)
    private let secret = Array("12345678901234567890".utf8)
    private let nonce = [UInt8](repeating: 7, count: SealedSecret.nonceByteCount)
    private let ring: KeyRing

    init() throws {
        ring = try vectorRing()
    }

    @Test func `opens what another program sealed, and nothing else`() throws {
        let vectors = try vectors("sealed-secrets.txt")
        #expect(vectors.count == 24)
        for vector in vectors {
            #expect(outcome(of: vector[1]) == vector[0], "\(vector[1])")
        }
    }

    @Test func `seals as the other program does`() throws {
        let vector = try vectors("sealed-secrets.txt")[0][1]
        let nonce = Array(SHA256.digest(of: secret).prefix(12))
        let sealed = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        #expect(sealed.text == vector)
        #expect(sealed == SealedSecret(text: vector))
        #expect(try ring.open(sealed, for: "factor", of: account, field: "totp") == secret)
    }

    @Test func `P28: shows nothing of the secret, and looks different with every nonce`() {
        let sealed = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        let other = ring.seal(
            secret, for: "factor", of: account, field: "totp",
            nonce: [UInt8](repeating: 8, count: SealedSecret.nonceByteCount))
        #expect(!sealed.text.contains(Base64URL.encode(Array(secret.prefix(3)))))
        // Version, key id and the two dots.
        #expect(sealed.text.dropFirst(12) != other.text.dropFirst(12))
    }

    @Test func `notices a change of any character`() {
        let text = Array(
            ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce).text.utf8)
        for index in text.indices {
            for bit in 0..<8 {
                var changed = text
                changed[index] ^= 1 << bit
                #expect(outcome(of: String(decoding: changed, as: UTF8.self)) != "opens")
            }
            #expect(outcome(of: String(decoding: text.prefix(index), as: UTF8.self)) != "opens")
        }
    }

    @Test func `opens only where it was put`() {
        let sealed = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        #expect(throws: SealedSecretError.forged) {
            try ring.open(sealed, for: "factor", of: [UInt8](1..<17), field: "totp")
        }
        #expect(throws: SealedSecretError.forged) {
            try ring.open(sealed, for: "factor", of: account, field: "phone")
        }
        #expect(throws: SealedSecretError.forged) {
            try ring.open(sealed, for: "session", of: account, field: "totp")
        }
    }

    @Test func `names the key that is missing`() throws {
        let sealed = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        #expect(throws: SealedSecretError.unknownKey(sealed.keyID)) {
            try KeyRing.generated(at: 1).open(sealed, for: "factor", of: account, field: "totp")
        }
    }

    @Test func `outlives every rotation of a ring that keeps its keys for ever`() throws {
        var ring = KeyRing.generated(at: 1_000_000_000)
        let sealed = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        for year: Int64 in 1...20 {
            ring = ring.rotated(at: 1_000_000_000 + year * 31_556_952, keeping: .max)
        }
        #expect(ring.index.count == 21)
        #expect(sealed.keyID != ring.newestID)
        #expect(try ring.open(sealed, for: "factor", of: account, field: "totp") == secret)

        let again = ring.seal(secret, for: "factor", of: account, field: "totp", nonce: nonce)
        #expect(again.keyID == ring.newestID)
    }

    /// Says what becomes of a text, for the account and field of the vectors.
    private func outcome(of text: String) -> String {
        guard let sealed = SealedSecret(text: text) else { return "malformed" }
        guard sealed.text == text else { return "another spelling" }
        do {
            _ = try ring.open(sealed, for: "factor", of: account, field: "totp")
            return "opens"
        } catch {
            return error == .forged ? "forged" : "unknownKey"
        }
    }
}
