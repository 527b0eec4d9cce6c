import Zxcvbn

/// An estimate in JSON (RFC 8259), with the names of the original.
struct JSONReport {
    /// One object on one line.
    let text: String

    /// Writes an estimate.
    ///
    /// - Parameters:
    ///   - estimate: what was found.
    ///   - password: the password's UTF-16 units, of which the sequence names the parts.
    init(_ estimate: Estimate, of password: [UInt16]) {
        let times = Attack.allCases.map { ($0.rawValue, estimate.crackTime($0)) }
        text = Self.object([
            ("score", String(estimate.score.rawValue)),
            ("guesses", Self.number(estimate.guesses)),
            ("guesses_log10", Self.number(estimate.guessesLog10)),
            (
                "crack_times_seconds",
                Self.object(times.map { ($0.0, Self.number($0.1.seconds)) })
            ),
            (
                "crack_times_display",
                Self.object(times.map { ($0.0, Self.string($0.1.text(in: .english))) })
            ),
            ("feedback", Self.feedback(estimate.feedback)),
            ("sequence", Self.array(estimate.sequence.map { Self.match($0, in: password) })),
        ])
    }

    /// Writes why there is no estimate, so that a line of output stands for each line of input.
    init(error: String) {
        text = Self.object([("error", Self.string(error))])
    }

    private static func feedback(_ feedback: Feedback) -> String {
        object([
            ("warning", string(feedback.warning?.text(in: .english) ?? "")),
            ("suggestions", array(feedback.suggestions.map { string($0.text(in: .english)) })),
        ])
    }

    private static func match(_ match: Match, in password: [UInt16]) -> String {
        object([
            ("pattern", string(match.pattern.name)),
            ("token", string(password[match.range])),
            ("i", String(match.range.lowerBound)),
            ("j", String(match.range.upperBound)),
            ("guesses", number(match.guesses)),
        ])
    }
}

// MARK: - Values

extension JSONReport {
    private static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { "\(string($0.name)):\($0.value)" }.joined(separator: ",") + "}"
    }

    private static func array(_ elements: [String]) -> String {
        "[" + elements.joined(separator: ",") + "]"
    }

    /// The shortest decimal that is read back as the same number.
    ///
    /// JSON has no infinity: a time beyond all numbers is written as the largest.
    private static func number(_ number: Double) -> String {
        let text = "\(min(number, .greatestFiniteMagnitude))"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func string(_ text: String) -> String {
        string(Array(text.utf16)[...])
    }

    /// A surrogate without its partner is escaped: UTF-8 has no other way to say it.
    private static func string(_ units: ArraySlice<UInt16>) -> String {
        var quoted: [UInt16] = [quotationMark]
        for (index, unit) in zip(units.indices, units) {
            switch unit {
            case quotationMark, backslash: quoted += [backslash, unit]
            case 0..<0x20, 0x7F, 0x2028, 0x2029: quoted += escape(unit)
            case _ where UTF16.isSurrogate(unit) && !hasPartner(index, in: units):
                quoted += escape(unit)
            default: quoted.append(unit)
            }
        }
        return String(decoding: quoted + [quotationMark], as: UTF16.self)
    }

    private static func hasPartner(_ index: Int, in units: ArraySlice<UInt16>) -> Bool {
        guard UTF16.isLeadSurrogate(units[index]) else {
            return index > units.startIndex && UTF16.isLeadSurrogate(units[index - 1])
        }
        return index + 1 < units.endIndex && UTF16.isTrailSurrogate(units[index + 1])
    }

    private static func escape(_ unit: UInt16) -> [UInt16] {
        let digits = String(unit, radix: 16)
        return Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf16)
    }

    private static let quotationMark: UInt16 = 0x22
    private static let backslash: UInt16 = 0x5C
}
