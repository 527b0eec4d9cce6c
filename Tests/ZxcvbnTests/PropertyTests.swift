import Foundation
import Testing

@testable import Zxcvbn

/// What holds for every password, in the original as well.
@Suite struct PropertyTests {
    let estimator = Estimator()

    func estimate(_ password: [UInt16], _ userInputs: [[UInt16]] = []) -> Estimate {
        estimator.estimate(units: password, userInputs: userInputs, referenceYear: 2026)
    }

    @Test func `the sequence covers the password without gap or overlap`() {
        var random = Random(seed: 1)
        for _ in 0..<300 {
            let password = random.password()
            var next = 0
            for match in estimate(password).sequence {
                #expect(match.range.lowerBound == next)
                next = match.range.upperBound + 1
            }
            #expect(next == password.count)
        }
    }

    @Test func `the person's words never raise the guesses`() {
        var random = Random(seed: 2)
        for _ in 0..<300 {
            let password = random.password()
            let words = (0..<3).map { _ in
                let start = Int.random(in: 0...password.count, using: &random)
                return Array(password[start...].prefix(5))
            }
            #expect(estimate(password, words).guesses <= estimate(password).guesses)
        }
    }

    @Test func `the guesses never exceed brute force`() {
        var random = Random(seed: 3)
        for _ in 0..<300 {
            let password = random.password()
            #expect(estimate(password).guesses <= BruteForce.guesses(length: password.count) + 1)
        }
    }

    @Test func `brute force at the end never lowers the score`() {
        var random = Random(seed: 4)
        let symbols = Array("ж§ŧ↑þ".utf16)
        for _ in 0..<100 {
            var password = random.printable(count: Int.random(in: 1...12, using: &random))
            var score = estimate(password).score
            for _ in 0..<8 {
                password.append(symbols.randomElement(using: &random) ?? 0)
                let next = estimate(password).score
                #expect(next >= score)
                score = next
            }
        }
    }

    @Test func `the same call gives the same answer`() {
        var random = Random(seed: 5)
        for _ in 0..<50 {
            let password = random.password()
            #expect(estimate(password) == estimate(password))
        }
    }

    @Test(arguments: [1025, 1300, 5000, 100_000])
    func `what follows the analysed part counts as brute force`(count: Int) {
        let password = Array(repeatElement(UInt16(0x61), count: count))
        let analysed = estimate(Array(password.prefix(Estimator.longestPassword)))
        let whole = estimate(password)
        #expect(whole.sequence.dropLast() == analysed.sequence[...])
        #expect(whole.sequence.last?.range == 1024...(count - 1))
        let rest = BruteForce.guesses(length: count - 1024)
        #expect(whole.guesses == min(analysed.guesses * rest, .greatestFiniteMagnitude))
    }

    @Test func `takes what the fuzzer kept`() throws {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fuzz/Corpus").standardized
        let files = try FileManager.default.contentsOfDirectory(
            at: corpus, includingPropertiesForKeys: nil)
        #expect(files.count > 400)
        for file in files {
            let texts = try Data(contentsOf: file).dropFirst().map(UInt16.init).split(separator: 0)
            let estimate = estimate(Array(texts.first ?? []), texts.dropFirst().map(Array.init))
            #expect(estimate.guesses >= 1 && estimate.guesses.isFinite)
        }
    }

    @Test func `takes any units`() {
        var random = Random(seed: 6)
        for _ in 0..<400 {
            let count = Int.random(in: 0...80, using: &random)
            let alphabet = random.alphabet()
            let password = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let words = (0..<2).map { _ in Array(password.shuffled(using: &random).prefix(4)) }
            let estimate = estimate(password, words)
            #expect(estimate.guesses >= 1 && estimate.guesses.isFinite)
            #expect(estimate.guessesLog10 >= 0)
        }
    }
}

/// Numbers that are the same in each run (SplitMix64).
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func printable(count: Int) -> [UInt16] {
        (0..<count).map { _ in UInt16.random(in: 0x21...0x7E, using: &self) }
    }

    /// Some pieces as people choose them, one after another.
    mutating func password() -> [UInt16] {
        let pieces = [
            "password", "P4ssw0rd", "drowssap", "correct", "HORSE", "qwerty", "zxcvfr", "7410",
            "aaaa", "abcabc", "abcdef", "97531", "1999", "13.5.1999", "2002-2-20", "!$%", "x",
            "İstanbul", "ΣΑΣ", "😀", "\n", "constructor", "__proto__", "l33t", "1l|!i",
        ]
        return (0..<Int.random(in: 1...5, using: &self)).flatMap { _ in
            Array((pieces.randomElement(using: &self) ?? "").utf16)
        }
    }

    /// A few units from anywhere.
    mutating func alphabet() -> [UInt16] {
        let sources: [ClosedRange<UInt16>] = [
            0x20...0x7E, 0...0x1F, 0x80...0x24F, 0x370...0x3FF, 0xD800...0xDFFF, 0...0xFFFF,
            0x30...0x39, 0x61...0x63,
        ]
        let source = sources.randomElement(using: &self) ?? 0...0
        return (0..<Int.random(in: 1...12, using: &self)).map { _ in
            UInt16.random(in: source, using: &self)
        }
    }
}
