/// Finds runs in which every unit is the same distance from the one before: `abcd`, `9753`.
struct SequenceMatcher {
    /// The longest distance that still looks like a sequence.
    static let longestStep = 5

    // For `abcdb975zy` the steps are
    //
    //     a   b   c   d   b   9   7   5   z   y
    //       1   1   1  -2 -41  -2  -2  69  -1
    //
    // and the runs of equal steps, with the positions they join, are abcd (1), 975 (-2), zy (-1).

    func match(_ password: Password, into candidates: inout Candidates) {
        let units = password.units
        guard units.count > 1 else { return }
        var start = 0
        var step = Int(units[1]) - Int(units[0])
        for end in 1..<units.count {
            let next = end + 1 < units.count ? Int(units[end + 1]) - Int(units[end]) : nil
            if next == step { continue }
            if isSequence(step: step, length: end - start + 1) {
                let token = units[start...end]
                let pattern = SequencePattern(
                    alphabet: .init(of: token), isAscending: step > 0)
                candidates.add(
                    start, end, .sequence(pattern), guesses: pattern.guesses(of: token),
                    by: .sequence)
            }
            start = end
            step = next ?? 0
        }
    }

    // Two units are a sequence only if they are neighbours.
    private func isSequence(step: Int, length: Int) -> Bool {
        (1...Self.longestStep).contains(abs(step)) && (length > 2 || abs(step) == 1)
    }
}

extension SequencePattern {
    /// How many guesses find `token` for an attacker who tries sequences.
    func guesses(of token: ArraySlice<UInt16>) -> Double {
        let starts: Double =
            switch token.first.flatMap(Unicode.Scalar.init) ?? " " {
            case "a", "A", "z", "Z", "0", "1", "9": 4  // the obvious places to start
            case "0"..."9": 10
            default: 26  // upper and lower case count once each: the estimate stays low
            }
        return starts * (isAscending ? 1 : 2) * Double(token.count)
    }
}

extension SequencePattern.Alphabet {
    init(of token: ArraySlice<UInt16>) {
        self =
            if token.allSatisfy({ ASCII.isLower($0) }) {
                .lower
            } else if token.allSatisfy({ ASCII.isUpper($0) }) {
                .upper
            } else if token.allSatisfy({ ASCII.digit($0) != nil }) {
                .digits
            } else {
                .unicode
            }
    }
}
