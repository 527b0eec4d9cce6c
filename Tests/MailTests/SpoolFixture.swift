import FlatFiles
import Foundation
import Mail
import Outbox
import Testing

/// A spool in a directory of its own, and a mail program that is a shell script.
final class SpoolFixture {
    let root = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID())")
    let spool: MailSpool
    /// The time, in seconds since 1970.
    var now: Int64 = 1_795_252_320
    var events: [String] = []

    init() throws {
        try FileManager.default.createDirectory(
            at: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let directory = try Directory(path: root.path())
        for part in MailSpool.parts {
            try directory.makeDirectory(part)
        }
        spool = try MailSpool(directory)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    func add(to address: String) throws {
        let from = try #require(Mailbox(address: "security@seeds.example"))
        let to = try #require(Mailbox(address: address))
        let subject = try #require(HeaderText("Prove your address"))
        let id = try #require(MessageID(randomBytes: [UInt8](0..<16), host: "seeds.example"))
        try spool.add(
            OutgoingMail(
                Message(
                    from: from, to: to, subject: subject, text: Array("Hello \(address)\n".utf8),
                    html: Array("<p>Hello\n".utf8), date: now, id: id)),
            at: now)
    }

    /// Drains the spool, and notes what became of each message.
    ///
    /// A program that another test is just starting holds this one's lock, too, until its own code
    /// begins; so the lock is waited for.
    func drain(by transport: some Transport<OutgoingMail>) throws {
        let deadline = Date.now + 10
        while !(try drainIfFree(by: transport)), Date.now < deadline {
            usleep(1000)
        }
    }

    /// Drains the spool unless somebody else is at it.
    func drainIfFree(by transport: some Transport<OutgoingMail>) throws -> Bool {
        try spool.drain(by: transport, now: { self.now }) { events.append($0.description) }
    }

    /// A mail program which runs some lines of shell, with the fixture's directory as `$HOME`.
    func program(_ script: String) throws -> Sendmail {
        let path = root.appending(path: "sendmail-\(UUID())").path()
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return Sendmail(program: path, home: root.path(), patienceInSeconds: 1)
    }

    /// The files in one of the spool's directories, or of another one.
    func files(_ part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: part).path())
            .sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func write(_ text: String, to path: String) throws {
        let url = root.appending(path: path)
        try text.write(to: url, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path())
    }
}
