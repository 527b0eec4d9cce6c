import Cryptography
import Testing

@Suite struct TOTPKeyTests {
    // The key of RFC 4226 appendix D, whose passwords 0 to 9 are those of the first five minutes.
    private let key = TOTPKey(randomBytes: Array("12345678901234567890".utf8))
    private let codes: [SixDigitCode]

    init() throws {
        codes = try vectors("hotp.txt").map { try #require(SixDigitCode(typed: $0[2])) }
    }

    @Test func `S14: a code is right in its half minute, the one before and the one after`() {
        for step: Int64 in 1...8 {
            let code = codes[Int(step)]
            for now in (step * 30 - 30)..<(step * 30 + 60) {
                #expect(key.step(accepting: code, at: now, after: nil)?.number == step)
            }
            #expect(key.step(accepting: code, at: step * 30 - 31, after: nil) == nil)
            #expect(key.step(accepting: code, at: step * 30 + 60, after: nil) == nil)
        }
    }

    @Test func `A30: a code is right once`() throws {
        let step = try #require(key.step(accepting: codes[5], at: 150, after: nil))
        for now: Int64 in 120..<210 {
            #expect(key.step(accepting: codes[5], at: now, after: step) == nil)
        }
    }

    @Test func `S15: no code of the last step or before is right, and every one after it is`() {
        for last: Int64 in 0...9 {
            for step: Int64 in 1...8 {
                let accepted = key.step(
                    accepting: codes[Int(step)], at: step * 30, after: TimeStep(number: last))
                #expect(accepted?.number == (step > last ? step : nil))
            }
        }
    }

    // Found by a Python program: with this key, steps 50,424,280 and 50,424,281 have one code.
    @Test func `S15: a code that two steps have by chance uses up both`() throws {
        let code = try #require(SixDigitCode(typed: "070562"))
        let first: Int64 = 50_424_280
        let now = first * 30
        let step = try #require(key.step(accepting: code, at: now, after: nil))
        #expect(step.number == first + 1)
        #expect(key.step(accepting: code, at: now, after: step) == nil)
        #expect(key.step(accepting: code, at: now + 30, after: step) == nil)
    }

    @Test func `another key has other codes`() {
        let other = TOTPKey(randomBytes: Array("12345678901234567891".utf8))
        #expect(other.step(accepting: codes[5], at: 150, after: nil) == nil)
    }

    @Test(
        arguments: [
            (0, 0), (29, 0), (30, 1), (59, 1), (-1, -1), (-30, -1), (-31, -2),
            (1_756_900_000, 58_563_333), (.max, 307_445_734_561_825_860),
            (.min, -307_445_734_561_825_861),
        ] as [(Int64, Int64)])
    func `a time is in the step that began last`(now: Int64, number: Int64) {
        #expect(TimeStep(at: now).number == number)
        let isRight = key.step(accepting: codes[0], at: now, after: nil) != nil
        #expect(isRight == (-1...1).contains(number))
    }

    @Test func `is shown in base32, in groups of four`() {
        #expect(key.text == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(key.displayed == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(Base32.decode(key.text) == key.bytes)
    }

    @Test func `S16: is 160 bits and nothing else`() {
        #expect(TOTPKey(bytes: key.bytes)?.text == key.text)
        for count in [0, 10, 19, 21, 32] {
            #expect(TOTPKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
        }
    }
}
