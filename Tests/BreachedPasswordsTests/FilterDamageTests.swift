import BreachedPasswords
import Foundation
import Testing

@Suite struct FilterDamageTests {
    let place: TemporaryDirectory
    let list = GeneratedList(1200)
    /// A filter of two shards: a sector that says what it is, sectors of slots, and one of the table.
    let bytes: [UInt8]

    init() throws {
        place = try TemporaryDirectory()
        try FilterBuild(
            list: place.put(list.text.utf8, at: "list"), output: "\(place.path)/filter",
            keysPerShard: 1000
        ).run()
        bytes = try place.bytes("filter")
    }

    /// What opening a file says.
    private func opening(_ bytes: [UInt8], mode: Int = 0o644) -> BreachedFilterError? {
        let path = place.put(bytes, at: "other", mode: mode)
        return #expect(throws: BreachedFilterError.self) {
            try BreachedFilter(contentsOfFile: path)
        }
    }

    private func damaged(at offset: Int) -> [UInt8] {
        var damaged = bytes
        damaged[offset] ^= 1 << UInt8(offset % 8)
        return damaged
    }

    @Test func `never reads a damaged sector`() throws {
        let heads = list.heads
        let sound = try BreachedFilter(contentsOfFile: "\(place.path)/filter")
        let answers = try heads.map { try sound.exposure(ofHashWithHead: $0) }
        let slots = Array(stride(from: 512, to: bytes.count - 512, by: 512))
        #expect(slots.count > 5)
        for (number, start) in slots.enumerated() {
            let path = place.put(
                damaged(at: start + 97 * number % 512), at: "other", mode: 0o644)
            let filter = try BreachedFilter(contentsOfFile: path)
            let error = BreachedFilterError.damaged(file: path, offset: start)
            #expect(throws: error) { try filter.verify() }
            var refusals = 0
            for (head, answer) in zip(heads, answers) {
                do throws(BreachedFilterError) {
                    #expect(try filter.exposure(ofHashWithHead: head) == answer)
                } catch {
                    #expect(error == .damaged(file: path, offset: start))
                    refusals += 1
                }
            }
            #expect(refusals > 0)
        }
    }

    @Test func `opens no file with a wrong bit where it says what it is`() throws {
        for offset in Array(0..<512) + Array((bytes.count - 512)..<bytes.count) {
            _ = opening(damaged(at: offset))
        }
    }

    @Test func `takes no sector of another filter, or from another place`() throws {
        let other = GeneratedList(1201).text.split(separator: "\n").dropFirst().joined(
            separator: "\n")
        try FilterBuild(
            list: place.put(other.utf8, at: "list"), output: "\(place.path)/filter",
            keysPerShard: 1000
        ).run()
        let foreign = try place.bytes("filter")
        #expect(foreign.count == bytes.count)
        let slots = 512..<(bytes.count - 512)
        for change in [
            { (bytes: inout [UInt8]) in bytes.replaceSubrange(slots, with: foreign[slots]) },
            { (bytes: inout [UInt8]) in bytes.replaceSubrange(512..<1024, with: bytes[1024..<1536])
            },
            { (bytes: inout [UInt8]) in
                bytes.replaceSubrange(512..<1024, with: [UInt8](repeating: 0, count: 512))
            },
        ] {
            var changed = bytes
            change(&changed)
            let path = place.put(changed, at: "other", mode: 0o644)
            let filter = try BreachedFilter(contentsOfFile: path)
            #expect(throws: BreachedFilterError.damaged(file: path, offset: 512)) {
                try filter.verify()
            }
        }
        var table = bytes
        table.replaceSubrange(slots.upperBound..., with: foreign[slots.upperBound...])
        #expect(opening(table) == .damaged(file: "\(place.path)/other", offset: slots.upperBound))
    }

    @Test func `says of a file what it is instead`() throws {
        let path = "\(place.path)/other"
        #expect(opening([]) == .notAFilter(file: path))
        #expect(opening(Array("breache".utf8)) == .notAFilter(file: path))
        #expect(opening(Array(list.text.utf8)) == .notAFilter(file: path))
        for count in [8, 511, 512, 513, 2048, bytes.count - 512, bytes.count - 1] {
            #expect(opening(Array(bytes.prefix(count))) == .truncated(file: path), "\(count)")
        }
        #expect(opening(bytes + [0]) == .damaged(file: path, offset: bytes.count))
        for version: UInt8 in [0, 2] {
            var other = bytes
            other[8] = version
            #expect(opening(other) == .otherFormat(file: path, version: UInt64(version)))
        }
        #expect(
            opening(bytes, mode: 0o664) == .writableByOthers(file: path, mode: 0o664))
        #expect(opening(bytes, mode: 0o646) == .writableByOthers(file: path, mode: 0o646))
    }

    @Test func `says what cannot be read`() throws {
        for (name, error) in [
            (
                "none",
                BreachedFilterError.unreadable(
                    file: "\(place.path)/none", reason: "No such file or directory")
            ),
            ("", .notAFilter(file: "\(place.path)/")),
        ] {
            #expect(throws: error) {
                try BreachedFilter(contentsOfFile: "\(place.path)/\(name)")
            }
        }
    }

    @Test func `follows a symbolic link, and keeps what it has opened`() throws {
        let link = "\(place.path)/link"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "filter")
        let filter = try BreachedFilter(contentsOfFile: link)
        try FilterBuild(
            list: place.put(GeneratedList(1).text.utf8, at: "list"), output: "\(place.path)/filter"
        ).run()
        #expect(filter.keyCount == 1200)
        try filter.verify()
        #expect(try BreachedFilter(contentsOfFile: link).keyCount == 1)
    }

    @Test func `a sentence says what is wrong and another what to do`() {
        let error = BreachedFilterError.otherFormat(file: "f", version: 7)
        #expect(error.description == "f: a filter in format 7, but this program reads format 1")
        #expect(error.remedy == "build it again with 'postern breached build'")
    }
}
