import FlatFiles
import Foundation
import Testing

@Suite struct ChangeTests {
    let place: TemporaryDirectory
    let directory: Directory

    init() throws {
        place = try TemporaryDirectory()
        directory = try place.open()
    }

    @Test func `tells what is not there from what is empty`() throws {
        #expect(try directory.read("file", atMost: 10) == nil)
        try directory.replace("file", with: [])
        #expect(try directory.read("file", atMost: 10) == [])
    }

    @Test(arguments: [Crash.kill, .powerLoss])
    func `P28 replaces a file, for this user alone, and leaves nothing else`(crash: Crash) throws {
        try directory.replace("file", with: Array("first".utf8), surviving: crash)
        try directory.replace("file", with: Array("second".utf8), surviving: crash)
        #expect(try place.text("file") == "second")
        #expect(try place.mode("file") == 0o600)
        #expect(try place.names == ["file"])
    }

    @Test func `creates a file once`() throws {
        #expect(try directory.create("file", with: Array("first".utf8)))
        #expect(try !directory.create("file", with: Array("second".utf8)))
        #expect(try place.text("file") == "first")
        #expect(try place.names == ["file"])
    }

    @Test func `leaves all as it was when a file cannot take its place`() throws {
        try directory.makeDirectory("taken")
        let error = #expect(throws: FileError.self) { try directory.replace("taken", with: [1]) }
        #expect(error?.description == "cannot rename \(place.path)/taken: Is a directory")
        #expect(try place.names == ["taken"])
    }

    @Test func `makes a directory for this user alone, once`() throws {
        #expect(try directory.makeDirectory("below"))
        #expect(try !directory.makeDirectory("below"))
        #expect(try place.mode("below") == 0o700)
    }

    @Test func `removes a file once, and a directory with what is in it`() throws {
        place.put("", at: "file")
        #expect(try directory.remove("file"))
        #expect(try !directory.remove("file"))
        try directory.makeDirectory("below")
        try directory.makeDirectory("below/deeper")
        try #require(try directory.directory("below/deeper")).replace("file", with: [1])
        try directory.removeDirectory("below")
        try directory.removeDirectory("below")
        #expect(try place.names == [])
    }

    @Test func `appends lines, and cuts off what a crash left of one`() throws {
        #expect(try directory.append(Array("one".utf8), to: "log", atMost: 100) == 4)
        #expect(try place.mode("log") == 0o600)
        place.put("one\ntwo\nthr", at: "log")
        #expect(try directory.append(Array("four".utf8), to: "log", atMost: 100) == 13)
        #expect(try place.text("log") == "one\ntwo\nfour\n")
        place.put("on", at: "log")
        try directory.append(Array("two".utf8), to: "log", atMost: 100)
        #expect(try place.text("log") == "two\n")
    }

    @Test func `excludes others from a byte, and from no other`() throws {
        let lock = try directory.lock("locks", bytes: [1, 7, 1 << 62])
        let other = try directory.lock("locks", bytes: [2, 8], patience: 0)
        for byte: UInt64 in [1, 7, 1 << 62, 2] {
            let error = #expect(throws: FileError.self) {
                _ = try directory.lock("locks", bytes: [0, byte], patience: 0)
            }
            #expect(error?.problem == .busy(seconds: 0))
        }
        lock.release()
        other.release()
        try directory.lock("locks", bytes: [0, 1, 2, 7, 8], patience: 0).release()
    }

    @Test func `sweeps what changes left an hour ago, and nothing younger or other`() throws {
        for name in [".new-old", ".new-young", "old"] { place.put("", at: name) }
        for name in [".new-old", "old"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3700)],
                ofItemAtPath: "\(place.path)/\(name)")
        }
        #expect(try directory.sweep(olderThan: 3600) == 1)
        #expect(try place.names == [".new-young", "old"])
    }
}
