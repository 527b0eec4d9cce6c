import AccountFiles
import Accounts
import Cryptography
import Foundation
import Installation
import Mail
import Testing

@Suite struct InstallationTests {
    let path = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID())").path()
    let now = Timestamp(seconds: 1_795_244_400)
    let data: DataDirectory

    init() throws {
        data = try DataDirectory.create(
            path: path,
            configuration: """
                url https://seeds.example
                name Millbrook Seed Library
                forms /nowhere/forms.seg
                mail-from security@seeds.example
                mail maildir mail

                """, at: now.seconds)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    @Test func `says everything that is wrong at once`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.removeItem(atPath: "\(path)/keys/ring")
        try write("keys 1\n", to: "keys/pepper")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640], ofItemAtPath: "\(path)/keys/names")
        try FileManager.default.removeItem(atPath: "\(path)/spool/sending")
        let error = #expect(throws: InstallationError.self) { try InstalledSite(data) }
        #expect(
            error?.defects.map(\.description) == [
                "cannot open \(path)/keys/ring: it is missing; restore it from a copy, without "
                    + "which every session is over",
                "cannot open \(path)/keys/names: others can use it (mode 640); take their rights "
                    + "away with 'chmod go='",
                "cannot open \(path)/spool/sending: it is missing",
                "\(path)/keys/pepper: line 2: expected a key; restore it from a copy, without "
                    + "which no password can be verified",
                "/nowhere/forms.seg: cannot be read: No such file or directory",
            ])
    }

    @Test func `makes what an earlier version has not made, once`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        for name in ["keys/factors", "spool/texts", "breached"] {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
        let made = [
            "breached", "spool/texts/new", "spool/texts/sending", "spool/texts/failed",
            "keys/factors",
        ]
        #expect(try data.upgrade(at: now.seconds) == made)
        _ = try data.factorKeys()
        #expect(try data.upgrade(at: now.seconds).isEmpty)
    }

    @Test func `makes no keys where an account has a factor that lost ones have sealed`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let address = try #require(EmailAddress("ada@example.org"))
        var ada = Account(
            id: .random { randomBytes(count: $0) }, email: address, name: .none, password: nil,
            at: now)
        let number = try #require(PhoneNumber(text: "+12125550123"))
        ada.factors.setPhone(
            Phone(id: .random { randomBytes(count: $0) }, number: number, addedAt: now))
        #expect(try data.store().add(ada))
        try FileManager.default.removeItem(atPath: "\(path)/keys/factors")
        #expect(try data.upgrade(at: now.seconds).isEmpty)
        #expect(throws: InstallationError.self) { try data.factorKeys() }
    }

    @Test func `opens a pepper outside the data directory`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        var configuration = try data.configuration()
        let before = try data.peppers(configuration).newestID
        try FileManager.default.createDirectory(
            atPath: "\(path)/elsewhere", withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        try FileManager.default.moveItem(
            atPath: "\(path)/keys/pepper", toPath: "\(path)/elsewhere/pepper")
        configuration.pepper = "\(path)/elsewhere/pepper"
        #expect(try data.peppers(configuration).newestID == before)
    }

    @Test func `A72 refuses a second key for the names of files`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let one = try String(contentsOfFile: "\(path)/keys/names", encoding: .utf8)
        let other = try String(contentsOfFile: "\(path)/keys/ring", encoding: .utf8)
        try write(one + other.split(separator: "\n")[1] + "\n", to: "keys/names")
        let error = #expect(throws: InstallationError.self) { try data.store() }
        #expect(
            error?.description == "\(path)/keys/names: it must have exactly one key")
    }

    @Test func `A53 a subject of two lines makes no message`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let letterhead = try #require(Letterhead(try data.configuration()))
        let ada = try #require(EmailAddress("ada@example.org"))
        func message(_ subject: String) -> String? {
            letterhead.message(to: ada, subject: subject, text: [], html: [], at: now)
                .map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(message("One line\r\nBcc: eve@example.org") == nil)
        let lines = try #require(message("One line")).split(separator: "\n")
        #expect(lines[0] == "Date: Sat, 21 Nov 2026 07:00:00 +0000")
        #expect(lines[1] == "From: Millbrook Seed Library <security@seeds.example>")
        #expect(lines[2] == "To: ada@example.org")
        #expect(lines[3] == "Subject: One line")
        #expect(lines[4].hasPrefix("Message-ID: <") && lines[4].hasSuffix("@seeds.example>"))
    }
}

@Suite struct LogFileTests {
    let path = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID())").path()
    let data: DataDirectory

    init() throws {
        data = try DataDirectory.create(path: path, configuration: "", at: 1_795_244_400)
    }

    func entry(_ number: Int) -> LogEntry {
        LogEntry(
            .failure(status: 503, reason: "\(number)"), at: Timestamp(seconds: 1_795_244_400))
    }

    var lines: [Substring] {
        get throws {
            try String(contentsOfFile: "\(path)/log", encoding: .utf8).split(separator: "\n")
        }
    }

    @Test func `keeps lines whole that are written at the same time`() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = data.log
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<50 { log.write(entry(writer * 50 + number)) }
                }
            }
        }
        #expect(try Set(lines.map(String.init)) == Set((0..<200).map { entry($0).line }))
        #expect(try lines.count == 200)
    }

    @Test func `goes on in a new file when the old one was renamed`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        data.log.write(entry(1))
        try FileManager.default.moveItem(atPath: "\(path)/log", toPath: "\(path)/log.1")
        data.log.write(entry(2))
        #expect(try lines == [Substring(entry(2).line)])
        let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/log")
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test func `drops what a crash left of a line`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        data.log.write(entry(1))
        let file = try #require(FileHandle(forWritingAtPath: "\(path)/log"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("2026-11-21T07:00:00+00:00 err".utf8))
        try file.close()
        data.log.write(entry(2))
        #expect(try lines == [Substring(entry(1).line), Substring(entry(2).line)])
    }
}
