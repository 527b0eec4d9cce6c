internal import Terminal

/// The lines of a file, counted from 1.
struct NumberedLines {
    private var reader: LineReader
    private var number = 0
    private(set) var byteCount = 0

    init(_ descriptor: Int32) {
        reader = LineReader(descriptor)
    }

    /// The next line without its end; one that is not in UTF-8 or too long is read as a replacement
    /// character, which no row can be of.
    mutating func next() -> (number: Int, text: String)? {
        guard let line = reader.next(beforeWaiting: {}) else { return nil }
        number += 1
        guard case .text(let text) = line else { return (number, "\u{FFFD}") }
        byteCount += text.utf8.count + 1
        return (number, text.last == "\r" ? String(text.dropLast()) : text)
    }
}
