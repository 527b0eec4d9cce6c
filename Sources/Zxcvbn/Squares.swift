/// The places in a line at which a text stands twice in a row.
struct Squares {
    private let offset: Int
    // The shortest and the longest text that stands twice from each position on; 0 for none.
    private var shortest: [Int]
    private var longest: [Int]

    /// Finds all squares.
    ///
    /// A text of length b that stands twice covers a position that is a multiple of b, so it is
    /// enough to compare the units at such positions with those b further on, and to look how far
    /// the agreement reaches to both sides. Without much agreement that is n/1 + n/2 + n/3 + …
    /// comparisons.
    init(in line: ArraySlice<UInt16>) {
        offset = line.startIndex
        let count = line.count
        shortest = [Int](repeating: 0, count: count)
        longest = [Int](repeating: 0, count: count)
        unsafe line.withUnsafeBufferPointer { units in
            for base in stride(from: 1, through: count / 2, by: 1) {
                var position = 0
                while position + base < count {
                    guard unsafe units[position] == units[position + base] else {
                        position += base
                        continue
                    }
                    var start = position
                    while start > 0, unsafe units[start - 1] == units[start - 1 + base] {
                        start -= 1
                    }
                    var end = position + 1
                    while end + base < count, unsafe units[end] == units[end + base] { end += 1 }
                    for square in stride(from: start, through: end - base, by: 1) {
                        if shortest[square] == 0 { shortest[square] = base }
                        longest[square] = base
                    }
                    position += (end - position + base - 1) / base * base
                }
            }
        }
    }

    /// The first position from `start` on at which there is a square.
    func first(from start: Int) -> Int? {
        shortest[(start - offset)...].firstIndex { $0 > 0 }.map { $0 + offset }
    }

    func shortestBase(at position: Int) -> Int { shortest[position - offset] }

    func longestBase(at position: Int) -> Int { longest[position - offset] }
}
