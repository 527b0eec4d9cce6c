public import CZxcvbn
import Zxcvbn

// `zxcvbn.h` says what each function promises.

@c @implementation
public func zxcvbn_warning_text(
    _ warning: zxcvbn_warning, _ language: UnsafePointer<CChar>?,
    _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int {
    let warning = Code<Warning>(number: warning.rawValue).value
    return unsafe write(
        warning?.text(in: Language(tag: unsafe language)) ?? "", to: unsafe text, capacity)
}

@c @implementation
public func zxcvbn_suggestion_text(
    _ suggestion: zxcvbn_suggestion, _ language: UnsafePointer<CChar>?,
    _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int {
    let suggestion = Code<Suggestion>(number: suggestion.rawValue).value
    return unsafe write(
        suggestion?.text(in: Language(tag: unsafe language)) ?? "", to: unsafe text, capacity)
}

@c @implementation
public func zxcvbn_crack_time_text(
    _ seconds: Double, _ language: UnsafePointer<CChar>?,
    _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int {
    let time = CrackTime(seconds: seconds)
    return unsafe write(time.text(in: Language(tag: unsafe language)), to: unsafe text, capacity)
}

@c @implementation
public func zxcvbn_version() -> CInt { 1_00_00 }

extension Language {
    /// The language of a tag (BCP 47), of which the first part counts; English for any other.
    init(tag: UnsafePointer<CChar>?) {
        guard let tag = unsafe tag else {
            self = .english
            return
        }
        let subtag = unsafe String(cString: tag).prefix { $0 != "-" && $0 != "_" }
        self = Language(rawValue: subtag.lowercased()) ?? .english
    }
}

/// Writes as many whole characters as there is room for, and NUL.
///
/// - Returns: the bytes of the whole text.
private func write(
    _ string: String, to text: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int {
    let bytes = Array(string.utf8)
    guard let text = unsafe text, capacity > 0 else { return bytes.count }
    var end = min(bytes.count, capacity - 1)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    for index in 0..<end { unsafe text[index] = CChar(bitPattern: bytes[index]) }
    unsafe text[end] = 0
    return bytes.count
}
