public import CZxcvbn
import Zxcvbn

// `zxcvbn.h` says what each function promises.

// Made by whichever thread comes first, and never changed.
private let estimator = Estimator()

private let longestInput = 1 << 20

@c @implementation
public func zxcvbn_score(
    _ password: UnsafePointer<CChar>?, _ length: Int,
    _ userInputs: UnsafePointer<zxcvbn_text>?, _ count: Int, _ year: CInt,
    _ matches: UnsafeMutablePointer<zxcvbn_match>?, _ capacity: Int,
    _ result: UnsafeMutablePointer<zxcvbn_result>?
) -> zxcvbn_status {
    guard let result = unsafe result else { return ZXCVBN_MISSING }
    unsafe result.pointee = zxcvbn_result()
    do throws(Refusal) {
        var room = longestInput
        let password = try unsafe string(password, length, within: &room)
        let words = try unsafe strings(userInputs, count, within: &room)
        guard unsafe matches != nil || capacity == 0 else { throw Refusal(status: ZXCVBN_MISSING) }
        let estimate = estimator.estimate(password, userInputs: words, referenceYear: Int(year))
        unsafe result.pointee = zxcvbn_result(estimate)
        for (index, match) in estimate.sequence.prefix(max(0, capacity)).enumerated() {
            unsafe matches?[index] = zxcvbn_match(match)
        }
        return ZXCVBN_OK
    } catch {
        return error.status
    }
}

/// Why nothing was estimated.
private struct Refusal: Error {
    let status: zxcvbn_status
}

/// Takes text of the caller's, and its bytes from the room that is left.
private func string(
    _ bytes: UnsafePointer<CChar>?, _ length: Int, within room: inout Int
) throws(Refusal) -> String {
    guard length != 0 else { return "" }
    guard let bytes = unsafe bytes else { throw Refusal(status: ZXCVBN_MISSING) }
    // A length beyond the signed numbers arrives as a negative one.
    guard (1...room).contains(length) else { throw Refusal(status: ZXCVBN_TOO_LONG) }
    room -= length
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: length)
    guard let text = unsafe String(validating: buffer, as: UTF8.self) else {
        throw Refusal(status: ZXCVBN_NOT_UTF8)
    }
    return text
}

private func strings(
    _ texts: UnsafePointer<zxcvbn_text>?, _ count: Int, within room: inout Int
) throws(Refusal) -> [String] {
    guard count != 0 else { return [] }
    guard let texts = unsafe texts else { throw Refusal(status: ZXCVBN_MISSING) }
    guard (1...longestInput).contains(count) else { throw Refusal(status: ZXCVBN_TOO_LONG) }
    var strings: [String] = []
    for index in 0..<count {
        let text = unsafe texts[index]
        strings.append(try unsafe string(text.bytes, text.length, within: &room))
    }
    return strings
}

// MARK: - Values in C

extension zxcvbn_result {
    init(_ estimate: Estimate) {
        self.init()
        score = CInt(estimate.score.rawValue)
        guesses = estimate.guesses
        guesses_log10 = estimate.guessesLog10
        crack_times = (
            estimate.crackTime(.onlineThrottled).seconds,
            estimate.crackTime(.onlineUnthrottled).seconds,
            estimate.crackTime(.offlineSlowHash).seconds,
            estimate.crackTime(.offlineFastHash).seconds
        )
        warning = zxcvbn_warning(Code(estimate.feedback.warning).number)
        let codes = estimate.feedback.suggestions.map {
            zxcvbn_suggestion(Code(.some($0)).number)
        }
        suggestion_count = min(codes.count, 4)
        let code = { index in index < codes.count ? codes[index] : ZXCVBN_NO_SUGGESTION }
        suggestions = (code(0), code(1), code(2), code(3))
        match_count = estimate.sequence.count
    }
}

extension zxcvbn_match {
    init(_ match: Match) {
        self.init(
            pattern: zxcvbn_pattern(match.pattern), first: match.range.lowerBound,
            last: match.range.upperBound, guesses: match.guesses)
    }
}

extension zxcvbn_pattern {
    init(_ pattern: Pattern) {
        self =
            switch pattern {
            case .bruteForce: ZXCVBN_BRUTEFORCE
            case .dictionary: ZXCVBN_DICTIONARY
            case .spatial: ZXCVBN_SPATIAL
            case .repetition: ZXCVBN_REPEAT
            case .sequence: ZXCVBN_SEQUENTIAL
            case .recentYear: ZXCVBN_REGEX
            case .date: ZXCVBN_DATE_PATTERN
            }
    }
}
