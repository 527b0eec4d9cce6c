/// A text file of the site, kept so that a problem can show its line.
final class SourceFile {
    /// The path as the operator would type it.
    let path: String
    let bytes: [UInt8]
    /// The offsets at which lines begin.
    private lazy var lineStarts =
        [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    /// The offset of the first byte that is no UTF-8.
    private(set) lazy var firstInvalidByte = findInvalidByte()

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The place of an offset.
    func location(_ offset: Int) -> Location { Location(file: self, offset: offset) }

    /// The offset at which a line begins.
    ///
    /// - Parameter line: The line's number, from 1.
    /// - Returns: The offset, or the file's end if there is no such line.
    func offset(ofLine line: Int) -> Int {
        line <= lineStarts.count ? lineStarts[max(line, 1) - 1] : bytes.count
    }

    private func findInvalidByte() -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        // The first replacement character that the file does not itself contain.
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        return zip(bytes, repaired).enumerated().first { $1.0 != $1.1 }?.offset ?? bytes.count
    }
}

/// A place in a file of the site.
struct Location: Hashable, Comparable {
    let file: SourceFile
    let offset: Int

    static func == (a: Location, b: Location) -> Bool {
        a.file.path == b.file.path && a.offset == b.offset
    }

    static func < (a: Location, b: Location) -> Bool {
        (a.file.path, a.offset) < (b.file.path, b.offset)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(file.path)
        hasher.combine(offset)
    }

    /// The line and the column from 1, the text of the line, and the part of it before the place.
    var line: (number: Int, column: Int, text: String, before: String) {
        let bytes = file.bytes
        let offset = min(self.offset, bytes.count)
        let newline = UInt8(ascii: "\n")
        let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
        let before = String(decoding: bytes[start..<offset], as: UTF8.self)
        return (
            bytes[..<start].count { $0 == newline } + 1, before.count + 1,
            String(decoding: bytes[start..<end], as: UTF8.self), before
        )
    }

    /// The same file, so many bytes further.
    func advanced(by count: Int) -> Location { Location(file: file, offset: offset + count) }
}

extension Location: CustomStringConvertible {
    /// `file:line:column`.
    var description: String {
        let line = line
        return "\(file.path):\(line.number):\(line.column)"
    }
}
