import Glibc
import Terminal
import Testing

@Suite struct LineReaderTests {
    /// The lines of a file with these bytes.
    private func lines(_ bytes: [UInt8]) throws -> [LineReader.Line] {
        let file = unsafe try #require(tmpfile())
        defer { unsafe fclose(file) }
        unsafe #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        unsafe rewind(file)
        var reader = unsafe LineReader(fileno(file))
        var lines: [LineReader.Line] = []
        while let line = reader.next(beforeWaiting: {}) { lines.append(line) }
        return lines
    }

    static let table: [(String, [String])] = [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
        ("a\r\nb\u{0}\n", ["a\r", "b\u{0}"]), ("é\u{2028}\n", ["é\u{2028}"]),
    ]

    @Test(arguments: table)
    func `takes what stands between line feeds`(text: String, expected: [String]) throws {
        #expect(try lines(Array(text.utf8)) == expected.map { .text($0) })
    }

    @Test func `says which line is not UTF-8, and goes on`() throws {
        let bytes = Array("a\n".utf8) + [0xFF, 0x0A, 0xC3, 0x0A] + Array("b".utf8)
        #expect(try lines(bytes) == [.text("a"), .notUTF8, .notUTF8, .text("b")])
    }

    @Test func `holds no line that is too long, and goes on`() throws {
        let longest = [UInt8](repeating: UInt8(ascii: "a"), count: LineReader.longestLine)
        let read = try lines(
            longest + Array("\n".utf8) + longest + Array("b\nc\n".utf8) + longest)
        #expect(read.map { $0 == .tooLong } == [false, true, false, false])
        #expect(read[2] == .text("c"))
    }
}
