import FlatFiles
import Foundation
import Mail
import Outbox
import Testing

// A66: order, retries, poison messages, and what a crash means for each message.

@Suite struct MailSpoolTests {
    let fixture: SpoolFixture

    init() throws {
        fixture = try SpoolFixture()
    }

    @Test func `keeps a message in a file that a person can read`() throws {
        try fixture.add(to: "ada@example.org")
        let name = try #require(try fixture.files("new").first)
        #expect(name.hasPrefix("1795252320-"))
        #expect(
            try fixture.text("new/\(name)").hasPrefix(
                """
                mail 1
                from security@seeds.example
                to ada@example.org
                added 1795252320
                attempts 0
                due 1795252320
                reason \n
                Date: Sat, 21 Nov 2026 09:12:00 +0000
                From: security@seeds.example
                To: ada@example.org

                """))
        let mode = try FileManager.default.attributesOfItem(
            atPath: fixture.root.appending(path: "new/\(name)").path())[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func `hands messages over in the order of time, each once`() throws {
        for name in ["first", "second", "third"] {
            try fixture.add(to: "\(name)@example.org")
            fixture.now += 1
        }
        let program = try fixture.program("echo \"$5\" >> \"$HOME/order\"")
        try fixture.drain(by: program)
        try fixture.drain(by: program)
        #expect(
            try fixture.text("order") == """
                first@example.org
                second@example.org
                third@example.org

                """)
        #expect(try fixture.spool.list().isEmpty)
    }

    @Test func `keeps the order of messages that come in the same second`() throws {
        let addresses = (10..<30).map { "reader-\($0)@example.org" }
        for address in addresses {
            try fixture.add(to: address)
        }
        let program = try fixture.program("echo \"$5\" >> \"$HOME/order\"")
        try fixture.drain(by: program)
        #expect(try fixture.text("order").split(separator: "\n").map(String.init) == addresses)
    }

    @Test func `takes messages whose names have random digits behind the second`() throws {
        try fixture.add(to: "ada@example.org")
        let new = fixture.root.appending(path: "new")
        let name = try #require(try fixture.files("new").first)
        try FileManager.default.moveItem(
            at: new.appending(path: name),
            to: new.appending(path: "1795252320-fedcba9876543210"))
        #expect(try fixture.spool.list().map(\.name) == ["1795252320-fedcba9876543210"])
    }

    @Test func `waits longer after each failure, and gives up after a day`() throws {
        try fixture.add(to: "ada@example.org")
        let program = try fixture.program(
            "echo try >> \"$HOME/tries\"; echo 'no route' >&2; exit 75")
        let start = fixture.now
        var times: [Int64] = []
        while try fixture.files("failed").isEmpty {
            let before = fixture.events.count
            try fixture.drain(by: program)
            if fixture.events.count > before { times.append((fixture.now - start) / 60) }
            fixture.now += 60
        }
        // One minute, then twice as long up to an hour, and the hour until the day is over.
        #expect(times.prefix(9) == [0, 1, 3, 7, 15, 31, 63, 123, 183])
        #expect(times.last == 1443)
        #expect(
            fixture.events.first == "attempt 1 for ada@example.org did not succeed, "
                + "the next is in 1 min: exit status 75: no route")
        #expect(
            fixture.events.last
                == "gave up the message to ada@example.org: exit status 75: no route")
        #expect(try fixture.text("tries").split(separator: "\n").count == times.count)
    }

    @Test func `a message that fails does not stop the ones behind it`() throws {
        try fixture.add(to: "poison@example.org")
        fixture.now += 1
        try fixture.add(to: "ada@example.org")
        try fixture.drain(by: try fixture.program("[ \"$5\" = ada@example.org ] || exit 65"))
        #expect(
            fixture.events == [
                "gave up the message to poison@example.org: exit status 65",
                "delivered to ada@example.org",
            ])
        let name = try #require(try fixture.files("failed").first)
        #expect(try fixture.text("failed/\(name)").contains("\nreason exit status 65\n"))
    }

    @Test func `tries a message that was moved back by hand`() throws {
        try fixture.add(to: "ada@example.org")
        try fixture.drain(by: try fixture.program("exit 67"))
        let name = try #require(try fixture.files("failed").first)
        try FileManager.default.moveItem(
            at: fixture.root.appending(path: "failed/\(name)"),
            to: fixture.root.appending(path: "new/\(name)"))
        fixture.now += 60
        try fixture.drain(by: try fixture.program("exit 0"))
        #expect(fixture.events.last == "delivered to ada@example.org")
    }

    // The state that `kill -9` leaves between handing over and removing.
    @Test func `says what a crash left in doubt, and sends it again`() throws {
        try fixture.add(to: "ada@example.org")
        let name = try #require(try fixture.files("new").first)
        try FileManager.default.moveItem(
            at: fixture.root.appending(path: "new/\(name)"),
            to: fixture.root.appending(path: "sending/\(name)"))
        let program = try fixture.program("echo \"$5\" >> \"$HOME/order\"")
        try fixture.drain(by: program)
        #expect(
            fixture.events.first
                == "a crash left it in doubt whether ada@example.org got a message; "
                + "it is sent again")
        #expect(try fixture.files("new") == [name])
        fixture.now += 60
        try fixture.drain(by: program)
        #expect(try fixture.text("order") == "ada@example.org\n")
    }

    @Test func `A63 sets aside what is no message, and follows no link`() throws {
        try fixture.write("anything\n", to: "new/1795252320-0000000000000001")
        try fixture.write("secret\n", to: "elsewhere")
        try FileManager.default.createSymbolicLink(
            at: fixture.root.appending(path: "new/1795252320-0000000000000002"),
            withDestinationURL: fixture.root.appending(path: "elsewhere"))
        try FileManager.default.linkItem(
            at: fixture.root.appending(path: "elsewhere"),
            to: fixture.root.appending(path: "new/1795252320-0000000000000003"))
        try fixture.write("not ours\n", to: "new/README")
        try fixture.add(to: "ada@example.org")
        try fixture.drain(by: try fixture.program("cat >> \"$HOME/sent\""))

        #expect(try fixture.files("failed").count == 3)
        #expect(try fixture.files("new") == ["README"])
        #expect(fixture.events.filter { $0.hasPrefix("set 1795252320-000000000000000") }.count == 3)
        #expect(fixture.events.last == "delivered to ada@example.org")
        #expect(try !fixture.text("sent").contains("secret"))
    }

    @Test func `lets one process at a time hand messages over`() throws {
        try fixture.add(to: "ada@example.org")
        let lock = try Directory(path: fixture.root.path()).lock("lock")
        #expect(try !fixture.drainIfFree(by: try fixture.program("exit 0")))
        #expect(fixture.events.isEmpty)
        lock.release()
        try fixture.drain(by: try fixture.program("exit 0"))
        #expect(fixture.events == ["delivered to ada@example.org"])
    }

    @Test func `lists what is in the spool`() throws {
        try fixture.add(to: "ada@example.org")
        try fixture.write("anything\n", to: "failed/1795252319-0000000000000001")
        let listings = try fixture.spool.list()
        #expect(listings.map(\.state) == [.failed, .new])
        #expect(listings.map(\.message?.item.recipientText) == [nil, "ada@example.org"])
    }
}
