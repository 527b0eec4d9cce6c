/// The stretches of a line in which a text stands at least twice in a row.
///
/// A run is as long as its text goes on, a last incomplete time included, and its text is not
/// itself a shorter one several times over. A line has fewer runs than units (Bannai, I, Inenaga,
/// Nakashima, Takeda and Tsuruta 2017).
struct Runs {
    private struct Run {
        let start: Int
        /// The position after the run.
        let end: Int
        /// The length of the text.
        let base: Int

        /// The last position from which on the text stands twice.
        var lastSquare: Int { end - 2 * base }
    }

    private var runs: [Run] = []

    /// How many there are.
    var count: Int { runs.count }

    /// Finds all runs.
    ///
    /// A run with a base of b units covers a position that is a multiple of b, so it is enough to
    /// compare the units at such positions with those b further on, and to look how far the
    /// agreement reaches to both sides. Where little agrees, those are n/1 + n/2 + n/3 + …
    /// comparisons.
    init(in line: UnsafeBufferPointer<UInt16>) {
        let count = line.count
        for base in stride(from: 1, through: count / 2, by: 1) {
            var position = 0
            while position + base < count {
                guard unsafe line[position] == line[position + base] else {
                    position += base
                    continue
                }
                var start = position
                while start > 0, unsafe line[start - 1] == line[start - 1 + base] { start -= 1 }
                var end = position + base + 1
                while end < count, unsafe line[end] == line[end - base] { end += 1 }
                add(Run(start: start, end: end, base: base))
                // The next multiple whose partner lies beyond the run.
                position += (end - base - position + base - 1) / base * base
            }
        }
    }

    // A run of twice or more a shorter text is that text's run.
    private mutating func add(_ run: Run) {
        guard run.start <= run.lastSquare,
            !runs.contains(where: {
                run.base % $0.base == 0 && $0.start <= run.start && $0.end >= run.end
            })
        else { return }
        runs.append(run)
    }

    /// The first position from `start` on from which a text stands twice, with the shortest and the
    /// longest such text.
    ///
    /// - Parameter start: not before that of any earlier call.
    /// - Returns: `nil` if there is none.
    mutating func firstSquare(from start: Int) -> (position: Int, shortest: Int, longest: Int)? {
        runs.removeAll { $0.lastSquare < start }
        guard let position = runs.lazy.map({ max($0.start, start) }).min() else { return nil }
        var shortest = Int.max
        var longest = 0
        for run in runs where run.start <= position && position <= run.lastSquare {
            shortest = min(shortest, run.base)
            // Several times the base stand twice as well.
            longest = max(longest, (run.end - position) / (2 * run.base) * run.base)
        }
        return (position, shortest, longest)
    }
}
