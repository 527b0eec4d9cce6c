import Accounts
import FlatFiles
import Foundation
import Outbox
import Testing
import Texts

// A66: what the spool does otherwise for a text message than for mail.

@Suite final class TextSpoolTests {
    let root = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID())")
    let spool: TextSpool
    var now: Int64 = 1_795_252_320
    var events: [String] = []

    init() throws {
        try FileManager.default.createDirectory(
            at: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let directory = try Directory(path: root.path())
        for part in TextSpool.parts {
            try directory.makeDirectory(part)
        }
        spool = try TextSpool(directory)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    func add() throws {
        let number = try #require(PhoneNumber(text: "+12125550123"))
        let site = try #require(SiteURL("https://seeds.example"))
        let message = TextMessage(
            to: number, words: "123456 is your code.", code: "123456", site: site)
        try spool.add(OutgoingText(message, expiringAt: now + 600), at: now)
    }

    /// Drains the spool, once no other test starts a program that holds the lock, too.
    func drain(by transport: some Transport<OutgoingText>) throws {
        let deadline = Date.now + 10
        while !(try spool.drain(
            by: transport, now: { self.now }, report: { events.append("\($0)") })),
            Date.now < deadline
        {
            usleep(1000)
        }
    }

    /// A program which runs some lines of shell, with the fixture's directory as `$HOME`.
    func program(_ script: String) throws -> TextProgram {
        let path = root.appending(path: "program-\(UUID())").path()
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return TextProgram(path, home: root.path(), patienceInSeconds: 1)
    }

    func folder() throws -> TextFolder {
        TextFolder(try Directory.make(path: root.appending(path: "texts").path()))
    }

    func files(_ part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: part).path())
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func move(_ name: String, from: String, to: String) throws {
        try FileManager.default.moveItem(
            at: root.appending(path: "\(from)/\(name)"), to: root.appending(path: "\(to)/\(name)"))
    }

    @Test func `keeps a message in a file that a person can read`() throws {
        try add()
        let name = try #require(try files("new").first)
        #expect(
            try text("new/\(name)") == """
                text 1
                to +12125550123
                expires 1795252920
                added 1795252320
                attempts 0
                due 1795252320
                reason \n
                123456 is your code.
                @seeds.example #123456
                """)
    }

    @Test func `S70 a folder gets a file with the text to its last byte`() throws {
        try add()
        try drain(by: try folder())
        let name = try #require(try files("texts").first)
        #expect(name.hasPrefix("1795252320-"))
        #expect(
            try text("texts/\(name)")
                == "To: +12125550123\n\n123456 is your code.\n@seeds.example #123456")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: root.appending(path: "texts/\(name)").path())
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(events == ["delivered to +12125550123"])
    }

    @Test func `a program gets the number and the text, and nothing in its argument list`() throws {
        try add()
        try drain(
            by: try program("cat > \"$HOME/input\"; echo $# > \"$HOME/count\"; env > \"$HOME/env\"")
        )
        #expect(
            try text("input") == "+12125550123\n123456 is your code.\n@seeds.example #123456")
        #expect(try text("count") == "0\n")
        #expect(
            try text("env").split(separator: "\n").sorted() == [
                "HOME=\(root.path())", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "PWD=/",
            ])
    }

    @Test func `S36 tries quickly at first, and never once the code has expired`() throws {
        try add()
        let program = try program("echo try >> \"$HOME/tries\"; echo 'no route' >&2; exit 75")
        let start = now
        var times: [Int64] = []
        while try files("failed").isEmpty {
            let before = events.count
            try drain(by: program)
            if events.count > before { times.append(now - start) }
            now += 1
        }
        // Five seconds, then three times as long up to 135; the next one would be at 605.
        #expect(times == [0, 5, 20, 65, 200, 335, 470])
        #expect(
            events.first == "attempt 1 for +12125550123 did not succeed, the next is in 5 s: "
                + "exit status 75: no route")
        #expect(
            events.last == "gave up the message to +12125550123: exit status 75: no route")
        #expect(try text("tries").split(separator: "\n").count == 7)
    }

    @Test func `S36 gives up unsent what comes too late, though it was never tried`() throws {
        try add()
        now += 600
        try drain(by: try program("touch \"$HOME/sent\""))
        #expect(events == ["gave up the message to +12125550123: expired"])
        #expect(try !files(".").contains("sent"))

        // Not even moved back by hand.
        let name = try #require(try files("failed").first)
        try move(name, from: "failed", to: "new")
        try drain(by: try program("touch \"$HOME/sent\""))
        #expect(events.last == "gave up the message to +12125550123: expired; before that: expired")
        #expect(try !files(".").contains("sent"))
    }

    @Test func `hands over what has a second left`() throws {
        try add()
        now += 599
        try drain(by: try folder())
        #expect(events == ["delivered to +12125550123"])
    }

    // The state that `kill -9` leaves between handing over and removing.
    @Test func `A66 sends again what a crash left in doubt, if there is time`() throws {
        try add()
        let name = try #require(try files("new").first)
        try move(name, from: "new", to: "sending")
        let folder = try folder()
        try drain(by: folder)
        #expect(
            events == [
                "a crash left it in doubt whether +12125550123 got a message; it is sent again",
                "attempt 1 for +12125550123 did not succeed, the next is in 5 s: in doubt after a crash",
            ])
        now += 5
        try drain(by: folder)
        #expect(events.last == "delivered to +12125550123")
    }

    @Test func `A66 gives up what a crash left in doubt once it has expired`() throws {
        try add()
        try move(try #require(try files("new").first), from: "new", to: "sending")
        now += 3600
        try drain(by: try folder())
        #expect(events == ["gave up the message to +12125550123: in doubt after a crash"])
        #expect(try files("texts").isEmpty)
    }

    @Test func `A66 a folder that has a message already does not get it twice`() throws {
        try add()
        let name = try #require(try files("new").first)
        let folder = try folder()
        try FileManager.default.copyItem(
            at: root.appending(path: "new/\(name)"), to: root.appending(path: "copy"))
        try drain(by: folder)
        try FileManager.default.moveItem(
            at: root.appending(path: "copy"), to: root.appending(path: "new/\(name)"))
        try drain(by: folder)
        #expect(events.count == 2)
        #expect(try files("texts") == [name])
    }

    @Test(arguments: [
        ("to +12125550123", "to +18765550123456"), ("to +12125550123", "to 2125550123"),
        ("to +12125550123", "to +12125550123\nto +12125550199"), ("text 1", "mail 1"),
        ("expires 1795252920", "expires soon"), ("#123456", "#123456\n"), ("@seeds", "@see ds"),
        ("123456 is", "\u{1B}[31m is"),
    ])
    func `A63 sets aside what is no message`(right: String, wrong: String) throws {
        try add()
        let name = try #require(try files("new").first)
        let file = root.appending(path: "new/\(name)")
        let tampered = try text("new/\(name)").replacing(right, with: wrong, maxReplacements: 1)
        try Data(tampered.utf8).write(to: file)
        try drain(by: try program("touch \"$HOME/sent\""))
        #expect(events == ["set \(name) aside: it is not a message of this program"])
        #expect(try files("failed") == [name])
        #expect(try !files(".").contains("sent"))
    }
}
