import HTTP
import Testing

@testable import Gateway

@Suite struct FastCGIRecordTests {
    @Test func `is a header of eight bytes and the content (FastCGI 1.0 §3.3)`() {
        let record = FastCGIRecord(
            type: .standardOutput, requestID: 0x0102, content: [UInt8](repeating: 7, count: 300))
        #expect(record.bytes == [1, 6, 1, 2, 1, 44, 0, 0] + [UInt8](repeating: 7, count: 300))
    }

    // The example of FastCGI 1.0, appendix B.1, without its padding.
    @Test func `answers as the specification's example does`() {
        let output = [UInt8]("Content-type: text/html\r\n\r\n<html>\n<head> ... ".utf8)
        #expect(
            FastCGIRecord.output(output, of: 1) + FastCGIRecord.ending(of: 1) == [
                1, 6, 0, 1, 0, UInt8(output.count), 0, 0,
            ]
                + output + [1, 6, 0, 1, 0, 0, 0, 0] + [
                    1, 3, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ])
    }

    @Test func `cuts a long answer into records that lose nothing`() {
        let output = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        var rest = (FastCGIRecord.output(output, of: 9) + FastCGIRecord.ending(of: 9))[...]
        var joined: [UInt8] = []
        while rest.starts(with: [1, 6, 0, 9]) {
            let length = Int(rest[rest.startIndex + 4]) << 8 | Int(rest[rest.startIndex + 5])
            joined += rest.dropFirst(8).prefix(length)
            rest = rest.dropFirst(8 + length)
        }
        #expect(joined == output)
        #expect([UInt8](rest) == [1, 3, 0, 9, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    // The parameters of FastCGI 1.0, appendix B.1, and a long value.
    @Test func `reads names and values with lengths of one and of four bytes`() throws {
        let value = [UInt8](repeating: 0x61, count: 128)
        let bytes: [UInt8] =
            [11, 2] + "SERVER_PORT80".utf8 + [11, 14] + "SERVER_ADDR199.170.183.42".utf8
            + [1, 0x80, 0, 0, 128] + "X".utf8 + value + [0x80, 0, 0, 1, 0] + "Y".utf8
        #expect(
            try NameValuePairs(bytes).names.map { String(decoding: $0, as: UTF8.self) } == [
                "SERVER_PORT", "SERVER_ADDR", "X", "Y",
            ])
        let variables = try NameValuePairs(bytes).metaVariables()
        #expect(variables["SERVER_PORT"] == "80")
        #expect(variables["SERVER_ADDR"] == "199.170.183.42")
        #expect(variables.bytes(of: "X") == value)
        #expect(variables.bytes(of: "Y") == [])
    }

    @Test(
        "refuses names and values that break off or cannot stand in an environment (A57)",
        arguments: [
            [1], [1, 1], [1, 1, 0x41], [0x80], [0x80, 0, 0], [0x80, 0, 0, 1], [0, 0x80, 0, 0],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [3, 0, 0x41, 0x3D, 0x42],
            [1, 1, 0x41, 0], [1, 0, 0],
        ] as [[UInt8]])
    func malformed(bytes: [UInt8]) {
        #expect(throws: FastCGIError.malformed) { try NameValuePairs(bytes) }
    }
}
