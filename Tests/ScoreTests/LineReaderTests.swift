import Glibc
import Testing

@testable import score

@Suite struct LineReaderTests {
    /// The lines of bytes that come through a pipe.
    private func lines(_ bytes: [UInt8]) async -> [LineReader.Line] {
        var ends: [Int32] = [0, 0]
        unsafe #expect(pipe(&ends) == 0)
        let writer = ends[1]
        let writing = Task.detached {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes {
                    unsafe write(writer, $0.baseAddress, $0.count)
                }
                rest = rest.dropFirst(max(0, count))
            }
            close(writer)
        }
        var reader = LineReader(ends[0])
        var lines: [LineReader.Line] = []
        while let line = reader.next(beforeWaiting: {}) { lines.append(line) }
        await writing.value
        close(ends[0])
        return lines
    }

    static let table: [(String, [String])] = [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
        ("a\r\nb\u{0}\n", ["a\r", "b\u{0}"]), ("é\u{2028}\n", ["é\u{2028}"]),
    ]

    @Test(arguments: table)
    func `takes what stands between line feeds`(text: String, expected: [String]) async {
        #expect(await lines(Array(text.utf8)) == expected.map { .text($0) })
    }

    @Test func `says which line is not UTF-8, and goes on`() async {
        let bytes = Array("a\n".utf8) + [0xFF, 0x0A, 0xC3, 0x0A] + Array("b".utf8)
        #expect(await lines(bytes) == [.text("a"), .notUTF8, .notUTF8, .text("b")])
    }

    @Test func `holds no line that is too long, and goes on`() async {
        let longest = [UInt8](repeating: UInt8(ascii: "a"), count: LineReader.longestLine)
        let read = await lines(
            longest + Array("\n".utf8) + longest + Array("b\nc\n".utf8) + longest)
        #expect(read.map { $0 == .tooLong } == [false, true, false, false])
        #expect(read[2] == .text("c"))
    }
}
