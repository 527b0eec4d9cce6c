import Cryptography
import Testing

@Suite struct SealerTests {
    private let audience = "https://example.org"
    private let payload = [UInt8](0..<40)

    @Test func `opens what another program sealed, and nothing else (P5, A73)`() throws {
        let sealer = try vectorRing().sealer(for: "session", audience: audience)
        let vectors = try vectors("sealed.txt")
        #expect(vectors.count == 24)
        for vector in vectors {
            let outcome: String
            do {
                let payload = try sealer.open(vector[1])
                outcome = "opens"
                #expect(
                    payload
                        == Base64URL.decode(
                            vector[1].split(
                                separator: ".", omittingEmptySubsequences: false)[2]))
            } catch {
                outcome = "\(error)"
            }
            #expect(outcome == vector[0], "\(vector[1])")
        }
    }

    @Test func `seals as the other program does`() throws {
        let sealer = try vectorRing().sealer(for: "session", audience: audience)
        #expect(sealer.seal(payload) == (try vectors("sealed.txt")[0][1]))
        #expect(sealer.seal([]) == (try vectors("sealed.txt")[1][1]))
    }

    @Test func `notices a change of any character (S40)`() throws {
        let sealer = try vectorRing().sealer(for: "session", audience: audience)
        let text = Array(sealer.seal(payload).utf8)
        for index in text.indices {
            for bit in 0..<8 {
                var changed = text
                changed[index] ^= 1 << bit
                let changedText = String(decoding: changed, as: UTF8.self)
                #expect(throws: SealError.self) { try sealer.open(changedText) }
            }
            let cut = String(decoding: text.prefix(index), as: UTF8.self)
            #expect(throws: SealError.self) { try sealer.open(cut) }
        }
    }

    @Test func `a text for one purpose or site is nothing for another (P5)`() throws {
        let ring = try vectorRing()
        let text = ring.sealer(for: "email-verification", audience: audience).seal(payload)
        #expect(throws: SealError.forged) {
            try ring.sealer(for: "password-reset", audience: audience).open(text)
        }
        #expect(throws: SealError.forged) {
            try ring.sealer(for: "email-verification", audience: "http://example.org").open(text)
        }
    }

    @Test func `a text outlives the rotation of its key, until the key is dropped (P6)`() throws {
        let old = KeyRing.generated(at: 1000)
        let text = old.sealer(for: "session", audience: audience).seal(payload)

        let next = old.rotated(at: 2000, keeping: 500)
        let sealer = next.sealer(for: "session", audience: audience)
        #expect(try sealer.open(text) == payload)
        #expect(sealer.seal(payload) != text)

        let last = next.rotated(at: 2500, keeping: 500)
        #expect(throws: SealError.unknownKey) {
            try last.sealer(for: "session", audience: audience).open(text)
        }
    }

    @Test func `40 bytes take few characters, all of which a cookie may have`() throws {
        let text = try vectorRing().sealer(for: "session", audience: audience).seal(payload)
        #expect(text.utf8.count == 110)
        #expect(
            text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    }
}
