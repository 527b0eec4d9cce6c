import BreachedPasswords
import FlatFiles
import Foundation
import Testing

@testable import Installation

@Suite struct RangeCacheTests {
    let path = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID())").path()
    let root: Directory
    let prefix = RangePrefix("21BD1")!

    init() throws {
        root = try Directory.make(path: path)
    }

    func answer(_ lineCount: Int = 1) -> [UInt8] {
        Array(repeating: "0018A45C4D1DEF81644B54AB7F969B88D65:10", count: lineCount)
            .joined(separator: "\r\n").utf8.map { $0 }
    }

    func age(_ name: String, bySeconds seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date.now - seconds], ofItemAtPath: "\(path)/breached/\(name)")
    }

    var kept: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: "\(path)/breached").sorted()
        }
    }

    @Test func `gives back what it keeps, and needs no directory before`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let cache = RangeCache(in: root)
        #expect(try cache.range(of: prefix) == nil)
        #expect(try !cache.isPaused)
        try cache.sweep()
        #expect(try root.names().isEmpty)

        try cache.keep(answer(), of: prefix)
        #expect(try cache.range(of: prefix) != nil)
        #expect(try cache.range(of: RangePrefix("21BD2")!) == nil)
        #expect(try kept == ["2", "2/21BD1"])
        let text = try String(contentsOfFile: "\(path)/breached/2/21BD1", encoding: .utf8)
        #expect(text == "range 38\n0018A45C4D1DEF81644B54AB7F969B88D65:10")
    }

    @Test func `forgets what is too old`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let cache = RangeCache(in: root)
        try cache.keep(answer(), of: prefix)
        try age("2/21BD1", bySeconds: 30 * 86_400 - 10)
        #expect(try cache.range(of: prefix) != nil)
        try cache.sweep()
        #expect(try kept == ["2", "2/21BD1"])
        try age("2/21BD1", bySeconds: 30 * 86_400 + 10)
        #expect(try cache.range(of: prefix) == nil)
        try cache.sweep()
        #expect(try kept == ["2"])
    }

    @Test(arguments: [
        "", "range 38\n", "range 37\n0018A45C4D1DEF81644B54AB7F969B88D65:10",
        "range 38\n0018A45C4D1DEF81644B54AB7F969B88D65:1", "0018A45C4D1DEF81644B54AB7F969B88D65:10",
        "range 4\nhtml", "range 038\n0018A45C4D1DEF81644B54AB7F969B88D65:10",
    ])
    func `takes a damaged file for none`(_ text: String) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let cache = RangeCache(in: root)
        try cache.keep(answer(), of: prefix)
        try text.write(toFile: "\(path)/breached/2/21BD1", atomically: false, encoding: .utf8)
        #expect(try cache.range(of: prefix) == nil)
        try cache.keep(answer(), of: prefix)
        #expect(try cache.range(of: prefix) != nil)
    }

    @Test func `lets the oldest make room, in each sixteenth`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        // A file has 4,008 bytes, so that four have room in a sixteenth of 256 KiB.
        let answer = answer(100)
        #expect(answer.count == 3998)
        let cache = RangeCache(in: root, atMost: 256 << 10)
        for number in 0..<6 {
            try cache.keep(answer, of: RangePrefix("A000\(number)")!)
            try age("A/A000\(number)", bySeconds: Double(100 - number))
        }
        #expect(try kept == ["A", "A/A0002", "A/A0003", "A/A0004", "A/A0005"])
        try age("A/A0002", bySeconds: 10)
        try cache.keep(answer, of: RangePrefix("A0006")!)
        #expect(try kept == ["A", "A/A0002", "A/A0004", "A/A0005", "A/A0006"])
    }

    @Test func `never has more than the limit, whatever comes`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let cache = RangeCache(in: root, atMost: 512 << 10)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let prefix = RangePrefix(
                number: Int.random(in: 0..<RangePrefix.count, using: &generator))!
            try cache.keep(answer(Int.random(in: 1...300, using: &generator)), of: prefix)
        }
        let sizes = try kept.filter { $0.contains("/") }.map {
            try Data(contentsOf: URL(filePath: "\(path)/breached/\($0)")).count
        }
        #expect(sizes.reduce(0, +) <= 512 << 10)
        #expect(sizes.reduce(0, +) > 256 << 10)
    }

    @Test func `leaves a service alone for a minute, in every process`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try RangeCache(in: root).pause()
        #expect(try RangeCache(in: root).isPaused)
        try age("pause", bySeconds: 55)
        #expect(try RangeCache(in: root).isPaused)
        try age("pause", bySeconds: 61)
        #expect(try !RangeCache(in: root).isPaused)
        // A clock that was set back must not make the pause longer.
        try age("pause", bySeconds: -3600)
        #expect(try !RangeCache(in: root).isPaused)
    }

    @Test func `says what keeps it from working`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(
            atPath: "\(path)/breached", withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        #expect(throws: FileError("\(path)/breached", .openToOthers(mode: 0o755))) {
            try RangeCache(in: root).keep(answer(), of: prefix)
        }
    }
}

extension FileError {
    fileprivate init(_ path: String, _ problem: Problem) {
        self.init(.open, path, problem)
    }
}
