import FlatFiles
import Foundation
import Mail
import Testing

@Suite struct SendmailTests {
    let fixture: SpoolFixture

    init() throws {
        fixture = try SpoolFixture()
        try fixture.add(to: "ada@example.org")
    }

    @Test func `A53 gives each address as an argument of its own, and a clean environment`() throws
    {
        let program = try fixture.program(
            "for word; do echo \"$word\"; done > \"$HOME/seen\"; env | sort >> \"$HOME/seen\"")
        try fixture.drain(by: program)
        let lines = try fixture.text("seen").split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "-i", "-f", "security@seeds.example", "--", "ada@example.org",
                "HOME=\(fixture.root.path())", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "PWD=/",
            ])
    }

    @Test func `gives the message in a file, from its first byte to its last`() throws {
        // A pipe has no size; a file has one before anybody reads from it.
        let program = try fixture.program(
            "stat -L -c %s /proc/self/fd/0 > \"$HOME/size\"; cat > \"$HOME/message\"")
        try fixture.drain(by: program)
        let message = try fixture.text("message")
        #expect(message.hasPrefix("Date: Sat, 21 Nov 2026 09:12:00 +0000\n"))
        #expect(message.hasSuffix("\n--=_alternative--\n"))
        #expect(try fixture.text("size") == "\(message.utf8.count)\n")
    }

    @Test func `leaves nothing else open`() throws {
        try fixture.drain(by: try fixture.program("exec ls /proc/self/fd > \"$HOME/open\""))
        // Descriptor 3 is the directory which ls reads.
        #expect(try fixture.text("open") == "0\n1\n2\n3\n")
    }

    // The numbers are those of sysexits.h.
    @Test(arguments: [
        (64, false), (65, true), (66, false), (67, true), (68, true), (69, false), (70, false),
        (71, false), (73, false), (74, false), (75, false), (76, false), (77, false), (78, false),
        (1, false),
    ])
    func `tells the fault of a message from one of the machine`(status: Int, isFinal: Bool) throws {
        try fixture.drain(by: try fixture.program("echo because >&2; exit \(status)"))
        #expect(try fixture.files("failed").isEmpty == !isFinal)
        #expect(fixture.events.last?.hasSuffix(": exit status \(status): because") == true)
    }

    @Test func `tries again when the program is missing, is killed or does not end`() throws {
        try fixture.drain(by: Sendmail(program: "/nowhere/sendmail"))
        fixture.now += 3600
        try fixture.drain(by: try fixture.program("kill -9 $$"))
        fixture.now += 3600
        try fixture.drain(by: try fixture.program("exec sleep 60"))
        #expect(
            fixture.events == [
                "attempt 1 for ada@example.org did not succeed, the next is in 1 min: "
                    + "cannot start /nowhere/sendmail: No such file or directory",
                "attempt 2 for ada@example.org did not succeed, the next is in 2 min: "
                    + "ended by signal 9",
                "attempt 3 for ada@example.org did not succeed, the next is in 4 min: "
                    + "took longer than 1 seconds",
            ])
    }

    @Test func `A54 keeps what a program complained of in one line of ASCII`() throws {
        try fixture.drain(
            by: try fixture.program("printf 'one\\ntwo \\033[31m\\303\\274' >&2; exit 75"))
        let name = try #require(try fixture.files("new").first)
        #expect(
            try fixture.text("new/\(name)").contains("\nreason exit status 75: one two  [31m  \n\n")
        )
    }
}

@Suite struct MaildirTests {
    let fixture: SpoolFixture
    let maildir: Maildir

    init() throws {
        fixture = try SpoolFixture()
        let directory = try Directory(path: fixture.root.path())
        try directory.makeDirectory("mail")
        maildir = try Maildir(try #require(try directory.directory("mail")), host: "seeds.example")
    }

    @Test func `puts each message into a file of its own in new`() throws {
        try fixture.add(to: "ada@example.org")
        try fixture.add(to: "bob@example.org")
        try fixture.drain(by: maildir)
        let names = try fixture.files("mail/new")
        #expect(names.count == 2)
        #expect(names.allSatisfy { $0.hasSuffix(".seeds.example") && !$0.contains(":") })
        #expect(try fixture.files("mail") == ["cur", "new", "tmp"])
        for name in names {
            #expect(
                try fixture.text("mail/new/\(name)").hasPrefix(
                    "Return-Path: <security@seeds.example>\nDate: Sat, 21 Nov 2026 09:12:00 +0000\n"
                ))
        }
    }

    @Test func `leaves nothing in tmp, and in new nothing that is no message`() throws {
        for _ in 1...20 {
            try fixture.add(to: "ada@example.org")
        }
        try fixture.drain(by: maildir)
        #expect(try fixture.files("mail/tmp").isEmpty)
        #expect(try fixture.files("mail/new").allSatisfy { !$0.hasPrefix(".") })
    }

    @Test func `A66 a second attempt finds the first`() throws {
        try fixture.add(to: "ada@example.org")
        let name = try #require(try fixture.files("new").first)
        let copy = try fixture.text("new/\(name)")
        try fixture.drain(by: maildir)
        try fixture.write(copy, to: "new/\(name)")
        try fixture.drain(by: maildir)
        #expect(fixture.events == [String](repeating: "delivered to ada@example.org", count: 2))
        #expect(try fixture.files("mail/new").count == 1)
    }
}
