import BreachedPasswords
import Cryptography
import Foundation
import Testing

@Suite struct BreachListReaderTests {
    let place: TemporaryDirectory

    init() throws {
        place = try TemporaryDirectory()
    }

    private func read(
        _ text: some Sequence<UInt8>, as form: BreachListReader.Form? = nil
    ) throws -> [Sighting] {
        try read(path: place.put(text, at: "list"), as: form)
    }

    private func read(path: String, as form: BreachListReader.Form? = nil) throws -> [Sighting] {
        var reader = try BreachListReader(path: path, as: form)
        var sightings: [Sighting] = []
        while let more = try reader.next() { sightings += more }
        return sightings
    }

    static let sha1 = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"
    static let ntlm = "8846f7eaee8fb117ad06bdd830b7586c"

    static let table: [(String, UInt64, [Int])] = [
        ("\(sha1):37\n\(sha1):1\n", 0x5BAA_61E4_C9B9_3F3F, [37, 1]),
        ("\(sha1.lowercased()):37\r\n\(sha1):0\r\n\(sha1):2", 0x5BAA_61E4_C9B9_3F3F, [37, 2]),
        (
            "\(sha1)\n\(sha1):999999999999999999", 0x5BAA_61E4_C9B9_3F3F,
            [1, 999_999_999_999_999_999]
        ),
        ("\(ntlm):5\n\(ntlm)", 0x8846_F7EA_EE8F_B117, [5, 1]),
    ]

    @Test(arguments: table)
    func `takes a hash and a count from each line`(
        _ text: String, _ head: UInt64, _ counts: [Int]
    ) throws {
        #expect(try read(text.utf8) == counts.map { Sighting(head: head, count: $0) })
    }

    @Test(arguments: [
        ("\(sha1):1\n\(sha1.dropLast()):1\n", 2), ("\(sha1):1\n\(sha1)0:1\n", 2),
        ("\(sha1):1\n\(sha1):\n", 2), ("\(sha1):1\n\(sha1):-1\n", 2), ("\(sha1):1\n\n\(sha1):1", 2),
        ("\(sha1):1\n\(sha1):1 \n", 2), ("\(sha1):1\n\(sha1):1\r\r\n", 2),
        ("\(sha1):1\n\(sha1):1\n ", 3),
        ("\(sha1):1\n\(sha1):1000000000000000000\n", 2), ("\(sha1)\n\(ntlm)\n", 2),
        ("\(ntlm)\n\(sha1)\n", 2), ("\(sha1)\nG\(sha1.dropFirst())", 2),
        ("\(sha1)\n\(sha1.dropLast())@\n", 2), ("\(sha1)\n\(sha1.dropLast())é\n", 2),
        ("\(sha1)x\n", 1), ("\(sha1.dropLast()):3\n", 1), ("\(sha1);3\n", 1),
    ])
    func `says which line is none of a list of hashes, and nothing of what is in it`(
        _ text: String, _ line: Int
    ) throws {
        let error = #expect(throws: BreachListError.self) { try read(text.utf8) }
        let sentence = try #require(error?.description)
        #expect(sentence.hasPrefix("\(place.path)/list:\(line): expected "), "\(sentence)")
        // The path has random digits of its own.
        #expect(!sentence.dropFirst(place.path.count).lowercased().contains("5baa"))
    }

    @Test func `takes passwords as people typed them`() throws {
        // Composed, as sha1sum sees it; once decomposed, with CR LF; twice nothing; then what is
        // nobody's password here.
        let bytes =
            Array("pa\u{308}sswo\u{308}rd €\r\n\n\r\npassword\n".utf8)
            + [0xE4, 0x0A, 0x61, 0x00, 0x0A] + [UInt8](repeating: 0x61, count: 1025) + [0x0A]
        var reader = try BreachListReader(path: place.put(bytes, at: "list"))
        #expect(reader.form == .passwords)
        #expect(reader.function == .sha1)
        #expect(
            try reader.next() == [
                Sighting(head: 0x58BA_EC5F_058A_0FFE, count: 1),
                Sighting(head: 0x5BAA_61E4_C9B9_3F3F, count: 1),
            ])
        #expect(try reader.next() == nil)
        #expect(reader.unusableCount == 3)
    }

    @Test func `takes a list for what the operator says it is`() throws {
        // printf 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8 | sha1sum
        #expect(
            try read("\(Self.sha1)\n".utf8, as: .passwords) == [
                Sighting(head: 0xA2B6_5D6D_7B49_585C, count: 1)
            ])
        let expected = [40, 32].map { "\($0) hexadecimal digits, ':' and a count" }
        #expect(
            throws: BreachListError.malformed(
                file: "\(place.path)/list", line: 1, expected: expected.joined(separator: "; or "))
        ) { try read("abc\n".utf8, as: .hashes) }
    }

    @Test func `reads on where a piece of the file ends`() throws {
        // More than two pieces of a mebibyte, with lines of three lengths.
        let hashes = (0..<60_000).map { String($0, radix: 16) }
            .map { String(repeating: "0", count: 16 - $0.count) + $0 + Self.sha1.prefix(24) }
        let text = hashes.enumerated().map { "\($1):\([1, 23, 456][$0 % 3])\n" }.joined()
        #expect(
            try read(text.utf8)
                == (0..<60_000).map { Sighting(head: UInt64($0), count: [1, 23, 456][$0 % 3]) })
        let line = 60_001
        #expect(
            throws: BreachListError.malformed(
                file: "\(place.path)/list", line: line,
                expected: "40 hexadecimal digits, ':' and a count")
        ) { try read("\(text)x\n".utf8) }
    }

    @Test func `does not look for the end of a line for ever`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 2 << 20)
        #expect(
            throws: BreachListError.malformed(
                file: "\(place.path)/list", line: 2, expected: "a line of at most 1048576 bytes")
        ) { try read(Array("password\n".utf8) + long) }
    }

    @Test(arguments: [("", 35, sha1), (".txt", 27, ntlm.uppercased())])
    func `reads a directory in the order of its prefixes`(
        _ suffix: String, _ digits: Int, _ hash: String
    ) throws {
        let rest = String(hash.suffix(digits))
        for (name, text) in [
            ("FFFFF", "\(rest):3\r\n\(rest):0"), ("0000a", "\(rest):1\n"), ("00000", ""),
            ("0000B", "\(rest):2"),
        ] {
            place.put(text.utf8, at: name + suffix)
        }
        for name in ["00001.part", "0000", "000001", "+0000", "état1", "log"] {
            place.put("no list".utf8, at: name)
        }
        // Eleven digits of the head are in the line.
        let head = try #require(UInt64(rest.prefix(11), radix: 16))
        #expect(
            try read(path: place.path)
                == [(0xA, 1), (0xB, 2), (0xFFFFF, 3)].map { prefix, count in
                    Sighting(head: prefix << 44 | head, count: count)
                })
        #expect(try BreachListReader(path: place.path).missingPartCount == (1 << 20) - 4)

        place.put("\(rest):3\n\(hash):1\n".utf8, at: "0000B" + suffix)
        #expect(
            throws: BreachListError.malformed(
                file: "\(place.path)/0000B\(suffix)", line: 2,
                expected: "\(digits) hexadecimal digits, ':' and a count")
        ) { try read(path: place.path) }
    }

    @Test func `says what cannot be read, and what is no list`() throws {
        let none = "\(place.path)/none"
        #expect(
            throws: BreachListError.unreadable(path: none, reason: "No such file or directory")
        ) { try read(path: none) }
        #expect(throws: BreachListError.noPrefixes(path: place.path)) {
            try read(path: place.path)
        }
        #expect(throws: BreachListError.empty(path: "\(place.path)/list", minimumCount: 1)) {
            try read([])
        }
        place.put([], at: "00000")
        #expect(throws: BreachListError.empty(path: place.path, minimumCount: 1)) {
            try read(path: place.path)
        }
    }
}
