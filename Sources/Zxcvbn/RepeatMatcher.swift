/// Finds texts that stand there several times in a row: `aaa`, `abcabcabc`.
struct RepeatMatcher {
    /// How many guesses find a text by itself.
    let guesses: (ArraySlice<UInt16>) -> Double

    func match(_ password: Password, into candidates: inout Candidates) {
        let units = password.units
        var start = 0
        while start < units.count {
            var end = start
            while end < units.count, !Self.isLineEnd(units[end]) { end += 1 }
            match(units[start..<end], into: &candidates)
            start = end + 1
        }
    }

    // What `.` does not match.
    private static func isLineEnd(_ unit: UInt16) -> Bool {
        unit == 0x0A || unit == 0x0D || unit == 0x2028 || unit == 0x2029
    }

    // The original asks two regular expressions, /(.+)\1+/ and /(.+?)\1+/, for the leftmost text
    // that is repeated: the first takes the longest base, the second the shortest, each as often as
    // it stands there. The one that covers more wins, the second on a tie.
    private func match(_ line: ArraySlice<UInt16>, into candidates: inout Candidates) {
        var runs = unsafe line.withUnsafeBufferPointer { unsafe Runs(in: $0) }
        var start = line.startIndex
        while let square = runs.firstSquare(from: start - line.startIndex) {
            let first = square.position + line.startIndex
            var base = square.shortest
            var end = Self.end(of: base, at: first, in: line)
            let greedyEnd = Self.end(of: square.longest, at: first, in: line)
            if greedyEnd > end {
                end = greedyEnd
                base = Self.base(of: line[first..<end])
            }
            let count = (end - first) / base
            let baseGuesses = guesses(line[first..<(first + base)])
            let pattern = RepeatPattern(baseLength: base, baseGuesses: baseGuesses, count: count)
            candidates.add(
                first, end - 1, .repetition(pattern), guesses: baseGuesses * Double(count),
                by: .repetition)
            start = end
        }
    }

    /// The position after the last whole time that the base stands there.
    private static func end(of base: Int, at start: Int, in line: ArraySlice<UInt16>) -> Int {
        var end = start + base
        while end < line.endIndex, line[end] == line[end - base] { end += 1 }
        return end - (end - start) % base
    }

    /// The shortest base of which `text`, a base several times over, consists.
    private static func base(of text: ArraySlice<UInt16>) -> Int {
        // A text's longest border gives its shortest period (Knuth, Morris and Pratt 1977), which
        // divides the length if any period does (Fine and Wilf 1965).
        let units = Array(text)
        var borders = [0]
        var border = 0
        for unit in units.dropFirst() {
            while border > 0, units[border] != unit { border = borders[border - 1] }
            if units[border] == unit { border += 1 }
            borders.append(border)
        }
        return units.count - border
    }
}
