import Testing
@testable import Zxcvbn

/// What ports of the original get wrong, with the original's values.
@Suite struct TrapTests {
    let estimator = Estimator()

    func estimate(_ password: String, _ userInputs: [String] = []) -> Estimate {
        estimator.estimate(password, userInputs: userInputs, referenceYear: 2026)
    }

    @Test(arguments: [
        ("constructor", 338_400.0),
        ("__proto__", 182_170_000),
    ])
    func `a name that every object has is no word`(password: String, guesses: Double) {
        #expect(estimate(password).guesses == guesses)
    }

    @Test(arguments: [
        ("😀", 101.0),
        ("😀😁😂", 1_000_001),
    ])
    func `positions count UTF-16 units`(password: String, guesses: Double) {
        #expect(estimate(password).guesses == guesses)
        #expect(estimate(password).sequence.last?.range.upperBound == password.utf16.count - 1)
    }

    @Test func `a letter has one substitute at a time`() {
        #expect(estimate("p4@4ss").guesses == 1_000_001)
        #expect(estimate("p4ss4").sequence.contains { $0.pattern.name == "dictionary" })
    }

    @Test func `a repeat multiplies what its base takes by itself`() {
        let estimate = estimate("1111")
        #expect(estimate.guesses == 49)
        #expect(
            estimate.sequence.first?.pattern
                == .repetition(RepeatPattern(baseLength: 1, baseGuesses: 12, count: 4)))
    }

    @Test func `lines do not repeat into each other`() {
        #expect(!estimate("a\na\n").sequence.contains { $0.pattern.name == "repeat" })
    }

    @Test func `an unpaired surrogate is a unit like any other`() {
        let units: [UInt16] = [0xD800, 0x61, 0xDC00, 0xD83D]
        let estimate = estimator.estimate(units: units, referenceYear: 2026)
        #expect(estimate.guesses == 10_001)
        #expect(estimate.sequence.last?.range.upperBound == 3)
    }

    @Test func `a long word of the person may be spelled in substitutes throughout`() {
        let ones = String(repeating: "1", count: 1024)
        let estimate = estimate(ones, [String(repeating: "i", count: 1024)])
        // The first word, substituted or not, plus one.
        #expect(estimate.guesses == 3)
    }

    @Test func `years after 2019 are not recent`() {
        #expect(estimate("2019").sequence.first?.pattern.name != "bruteforce")
        #expect(!estimate("2020").sequence.contains { $0.pattern.name == "regex" })
    }

    @Test func `the last place of a word among the person's counts`() {
        let once = estimate("qorvux", ["qorvux"])
        let twice = estimate("qorvux", ["qorvux", "qorvux"])
        #expect(once.guesses == 2)
        #expect(twice.guesses == 3)
    }

    @Test func `the empty password has one guess and a little advice`() {
        let estimate = estimate("")
        #expect(estimate.guesses == 1)
        #expect(estimate.sequence.isEmpty)
        #expect(estimate.feedback.suggestions == [.useAFewWords, .noNeedForSymbols])
    }

    @Test(arguments: [Int.min, -1, 0, Int.max])
    func `any reference year will do`(year: Int) {
        let estimate = estimator.estimate("1.1.1991x1999", referenceYear: year)
        #expect(estimate.guesses.isFinite)
    }
}
