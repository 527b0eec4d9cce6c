/// Finds where the tags of a template stand.
struct TagFinder {
    let file: SourceFile
    /// The part of the file that is the template.
    let range: Range<Int>

    /// Finds the next `{{`.
    func start(from offset: Int) -> Int? { next("{", from: offset) }

    /// Finds what stands between `{{` at `start` and its `}}`; quoted values may hold braces.
    func contents(from start: Int) -> Range<Int>? {
        let first = start + 2
        guard first < range.upperBound, file.bytes[first] != UInt8(ascii: "!") else {
            return next("}", from: first).map { first..<$0 }
        }
        var isQuoted = false
        for offset in first..<max(first, range.upperBound - 1) {
            if file.bytes[offset] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
            if !isQuoted, isPair("}", at: offset) {
                return first..<offset
            }
        }
        return nil
    }

    /// Returns the lines of a tag that has them for itself and prints nothing there of its own.
    func wholeLines(of contents: Range<Int>) -> Range<Int>? {
        guard Self.isBlock(file.bytes[contents]) else { return nil }
        var lower = contents.lowerBound - 2
        while lower > range.lowerBound, [0x20, 0x09].contains(file.bytes[lower - 1]) {
            lower -= 1
        }
        guard lower == range.lowerBound || file.bytes[lower - 1] == UInt8(ascii: "\n") else {
            return nil
        }
        var upper = contents.upperBound + 2
        while upper < range.upperBound, file.bytes[upper] != UInt8(ascii: "\n") {
            guard file.bytes[upper].isBlank else { return nil }
            upper += 1
        }
        return lower..<min(upper + 1, range.upperBound)
    }

    private static func isBlock(_ contents: ArraySlice<UInt8>) -> Bool {
        let word = String(
            decoding: contents.drop(while: \.isBlank).prefix { !$0.isBlank }, as: UTF8.self)
        return ["else", "content", "body"].contains(word)
            || ["#", "/", ">", "!", "$"].contains { word.hasPrefix($0) }
    }

    private func next(_ brace: Unicode.Scalar, from offset: Int) -> Int? {
        guard offset < range.upperBound else { return nil }
        return (offset..<(range.upperBound - 1)).first { isPair(brace, at: $0) }
    }

    private func isPair(_ brace: Unicode.Scalar, at offset: Int) -> Bool {
        let byte = UInt8(ascii: brace)
        return file.bytes[offset] == byte && file.bytes[offset + 1] == byte
    }
}
