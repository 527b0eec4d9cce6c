import Archives
import Testing

@Suite struct UstarHeaderTests {
    private let epoch = UstarHeader(path: "epoch", .file(length: 16), modifiedAt: 1_795_244_400)

    // tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@1795244400 --mode=600
    //     -cf - epoch | head -c 512 | xxd
    // of a file of 16 bytes: what is there between the NULs.
    @Test func `writes the block that tar writes`() throws {
        var block = [UInt8](repeating: 0, count: 512)
        for (start, text) in [
            (0x00, "epoch"), (0x64, "0000600"), (0x6C, "0000000"), (0x74, "0000000"),
            (0x7C, "00000000020"), (0x88, "15300240560"), (0x94, "010240\u{0} 0"),
            (0x101, "ustar\u{0}00"), (0x149, "0000000"), (0x151, "0000000"),
        ] {
            block.replaceSubrange(start..<start + text.utf8.count, with: text.utf8)
        }
        #expect(epoch.block == block)
        #expect(UstarHeader(block: block) == epoch)
    }

    // POSIX.1-2017, pax, ustar Interchange Format: the prefix, a slash, the name.
    @Test func `splits a long path at a slash`() throws {
        let path = String(repeating: "directory/", count: 12) + "name"
        let header = UstarHeader(path: path, .directory, modifiedAt: 0)
        let block = try #require(header.block)
        let prefix = block[345..<500].prefix { $0 != 0 }
        let name = block[..<100].prefix { $0 != 0 }
        #expect(String(decoding: prefix + [0x2F] + name, as: UTF8.self) == path + "/")
        #expect(UstarHeader(block: block) == header)
    }

    @Test(arguments: [
        String(repeating: "x", count: 101), String(repeating: "x/", count: 200),
        String(repeating: "x", count: 156) + "/y" + String(repeating: "z", count: 99),
    ])
    func `has no block for a path that does not fit`(path: String) {
        #expect(UstarHeader(path: path, .file(length: 0), modifiedAt: 0).block == nil)
    }

    @Test func `has no block for a file of more than eleven octal digits`() {
        let most = 0o77777777777
        #expect(UstarHeader(path: "log", .file(length: most), modifiedAt: 0).block != nil)
        #expect(UstarHeader(path: "log", .file(length: most + 1), modifiedAt: 0).block == nil)
    }

    @Test(arguments: ["/etc/passwd", "../up", "a/../../b", "a//b", "./a", ".", "", "a/"])
    func `A61 refuses a path that does not lead downwards`(path: String) throws {
        let block = try #require(
            UstarHeader(path: path, .file(length: 0), modifiedAt: 0).block)
        #expect(UstarHeader(block: block) == nil)
    }

    // Types of POSIX.1-2017: hard link, symbolic link, device, FIFO, extended header.
    @Test(arguments: "123467xg")
    func `A63 refuses what is neither a file nor a directory`(type: Character) throws {
        var block = try #require(epoch.block)
        // The checksum is the sum of all bytes, and has its last digits at 148.
        let sum = 0o010240 - 0x30 + Int(type.asciiValue ?? 0)
        block[156] = type.asciiValue ?? 0
        block.replaceSubrange(148..<154, with: "0\(String(sum, radix: 8))".utf8)
        #expect(UstarHeader(block: block) == nil)
        // So that it is the type that was refused.
        block[156] = 0
        block.replaceSubrange(148..<154, with: "0\(String(0o010240 - 0x30, radix: 8))".utf8)
        #expect(UstarHeader(block: block) == epoch)
    }

    @Test func `refuses a block of which a bit has changed`() throws {
        let block = try #require(epoch.block)
        for index in [0, 124, 140, 150, 257, 511] {
            var damaged = block
            damaged[index] ^= 1
            #expect(UstarHeader(block: damaged) == nil, "byte \(index)")
        }
    }
}
