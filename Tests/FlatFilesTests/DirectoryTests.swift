import FlatFiles
import Foundation
import Testing

@Suite struct DirectoryTests {
    let place: TemporaryDirectory
    let directory: Directory

    init() throws {
        place = try TemporaryDirectory()
        directory = try place.open()
    }

    // MARK: - What is refused: A63, P21

    /// Expects a sentence that begins with the path and goes on with `reason`.
    func expect(
        _ operation: String, _ name: String, _ reason: String, _ work: () throws -> Void,
        at location: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: FileError.self, sourceLocation: location) { try work() }
        #expect(
            error?.description == "cannot \(operation) \(place.path)\(name): \(reason)",
            sourceLocation: location)
    }

    @Test(arguments: [0o710, 0o701, 0o755, 0o720])
    func `refuses a directory that others can use`(mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path)
        expect(
            "open", "",
            "others can use it (mode \(String(mode, radix: 8))); take their rights away with 'chmod go='"
        ) { _ = try place.open() }
    }

    @Test func `refuses a directory that is a symbolic link, with a slash behind it or not`() throws
    {
        try FileManager.default.createSymbolicLink(
            atPath: "\(place.path)/link", withDestinationPath: place.path)
        for path in ["\(place.path)/link", "\(place.path)/link/"] {
            expect("open", "/link", "it is a symbolic link; the thing itself belongs there") {
                _ = try Directory(path: path)
            }
        }
        expect("open", "/link", "it is a symbolic link; the thing itself belongs there") {
            _ = try directory.directory("link")
        }
    }

    @Test func `refuses a directory that is not there, or is a file`() {
        place.put("", at: "file")
        expect("open", "/none", "it is missing") { _ = try Directory(path: place.path + "/none") }
        expect("open", "/file", "Not a directory") { _ = try Directory(path: place.path + "/file") }
    }

    @Test(.enabled("only root can give files away", { geteuid() == 0 }))
    func `refuses what belongs to somebody else`() throws {
        place.put("text", at: "file")
        unsafe chown("\(place.path)/file", 65534, 65534)
        expect("open", "/file", "it belongs to user 65534, and this program runs as user 0") {
            _ = try directory.read("file", atMost: 10)
        }
        unsafe chown(place.path, 65534, 65534)
        expect("open", "", "it belongs to user 65534, and this program runs as user 0") {
            _ = try place.open()
        }
    }

    @Test func `reads no symbolic link`() throws {
        place.put("secret", at: "file")
        try FileManager.default.createSymbolicLink(
            atPath: "\(place.path)/link", withDestinationPath: "file")
        expect("open", "/link", "it is a symbolic link; the thing itself belongs there") {
            _ = try directory.read("link", atMost: 10)
        }
        expect("open", "/link", "it is a symbolic link; the thing itself belongs there") {
            try directory.append(Array("line".utf8), to: "link", atMost: 100)
        }
        #expect(try place.text("file") == "secret")
    }

    @Test func `replaces a symbolic link by a file, and not what it leads to`() throws {
        place.put("old", at: "file")
        try FileManager.default.createSymbolicLink(
            atPath: "\(place.path)/link", withDestinationPath: "file")
        try directory.replace("link", with: Array("new".utf8))
        #expect(try place.text("file") == "old")
        #expect(try directory.read("link", atMost: 10) == Array("new".utf8))
    }

    @Test func `reads no file with a second name`() throws {
        place.put("text", at: "file")
        try FileManager.default.linkItem(
            atPath: "\(place.path)/file", toPath: "\(place.path)/second")
        expect("open", "/file", "it has a second name (a hard link); remove the other one") {
            _ = try directory.read("file", atMost: 10)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666])
    func `reads no file that others can use`(mode: Int) throws {
        place.put("text", at: "file", mode: mode)
        let error = #expect(throws: FileError.self) { try directory.read("file", atMost: 10) }
        #expect(error?.problem == .openToOthers(mode: UInt32(mode)))
    }

    @Test func `reads no pipe and no directory, and waits for neither`() throws {
        unsafe mkfifo("\(place.path)/pipe", 0o600)
        try directory.makeDirectory("below")
        for name in ["pipe", "below"] {
            expect("open", "/\(name)", "it is not a regular file") {
                _ = try directory.read(name, atMost: 10)
            }
        }
    }

    @Test func `reads no file that is longer than it can be`() throws {
        place.put("12345", at: "file")
        #expect(try directory.read("file", atMost: 5) == Array("12345".utf8))
        expect("read", "/file", "it has more than 4 bytes") {
            _ = try directory.read("file", atMost: 4)
        }
    }

    @Test(arguments: ["", ".", "..", "../file", "a/../b", "a//b", "/etc/passwd", "a/", "a\0b"])
    func `A61 takes no name that leads out of the directory`(name: String) async {
        await #expect(processExitsWith: .failure) { [name] in
            _ = try Directory(path: "/proc/self").read(name, atMost: 10)
        }
    }
}
