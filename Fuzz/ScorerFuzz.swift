import Glibc

// A libFuzzer target over the scorer. It is compiled together with the module's sources, see run.
//
// The first byte of an input chooses how the rest is read: as bytes or as UTF-16 units. A zero ends
// the password and each of the person's words.

/// What a password of 1,024 units may take here, where each edge is counted, in milliseconds.
let bound = 100.0

let estimator = Estimator()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let texts = units(of: bytes).split(separator: 0, omittingEmptySubsequences: false)
    let password = Array(texts.first ?? [])
    let words = texts.dropFirst().prefix(16).map { Array($0.prefix(64)) }

    let before = processorTime()
    let estimate = estimator.estimate(units: password, userInputs: words, referenceYear: 2026)
    let milliseconds = processorTime() - before

    precondition(milliseconds < bound, "\(milliseconds) ms")
    check(estimate, count: password.count)
    return 0
}

/// Reads the bytes as the first of them says.
func units(of bytes: [UInt8]) -> [UInt16] {
    guard let first = bytes.first, first % 2 == 1 else { return bytes.dropFirst().map(UInt16.init) }
    return stride(from: 1, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
    }
}

/// The processor's time spent so far in milliseconds, whatever else the machine does.
func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// What holds for every estimate.
func check(_ estimate: Estimate, count: Int) {
    precondition(estimate.guesses >= 1 && estimate.guesses.isFinite)
    precondition(estimate.guessesLog10 >= 0 && estimate.guessesLog10 < 309)
    var end = -1
    for match in estimate.sequence {
        precondition(match.range.lowerBound == end + 1)
        precondition(match.guesses >= 1 && match.guesses.isFinite)
        end = match.range.upperBound
    }
    precondition(end == count - 1)
    for attack in Attack.allCases { _ = estimate.crackTime(attack).text(in: .french) }
}
