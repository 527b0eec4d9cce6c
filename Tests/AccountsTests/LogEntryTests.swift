import Accounts
import Foundation
import Testing

@Suite struct LogEntryTests {
    // `date -u -d '2026-11-21 07:00' +%s`
    let seven = Timestamp(seconds: 1_795_244_400)

    func line(
        _ result: LogEntry.Result = .badPassword, from ip: String = "203.0.113.9",
        account: AccountID? = nil, user: String = "ada@example.org"
    ) -> String {
        let attempt = LogEntry.Authentication(
            result, in: .signIn, from: ip, account: account, user: user)
        return LogEntry(.authentication(attempt), at: seven).line
    }

    @Test func `S63 writes one attempt in a fixed order, in UTC`() {
        #expect(
            line() == "2026-11-21T07:00:00+00:00 auth result=bad-password ip=203.0.113.9 account=- "
                + "flow=sign-in user=\"ada@example.org\"")
        let account = AccountID(bytes: [UInt8](repeating: 1, count: 16))
        #expect(
            line(.ok, from: "2001:db8::7", account: account)
                == "2026-11-21T07:00:00+00:00 auth result=ok ip=2001:db8::7 "
                + "account=AQEBAQEBAQEBAQEBAQEBAQ flow=sign-in user=\"ada@example.org\"")
    }

    @Test func `writes why a request could not be answered`() {
        let entry = LogEntry(
            .failure(status: 503, reason: "accounts/5f: Permission denied"), at: seven)
        #expect(
            entry.line == "2026-11-21T07:00:00+00:00 error status=503 "
                + "reason=\"accounts/5f: Permission denied\"")
    }

    @Test func `writes what the operator did`() throws {
        let account = AccountID(bytes: [UInt8](repeating: 1, count: 16))
        let address = try #require(EmailAddress("ada@example.org"))
        #expect(
            LogEntry(.operated(.disabled, account: account, user: address), at: seven).line
                == "2026-11-21T07:00:00+00:00 operator act=disabled "
                + "account=AQEBAQEBAQEBAQEBAQEBAQ user=\"ada@example.org\"")
        #expect(
            LogEntry(.operated(.invited, account: nil, user: address), at: seven).line
                == "2026-11-21T07:00:00+00:00 operator act=invited account=- "
                + "user=\"ada@example.org\"")
        #expect(
            LogEntry(.moved(.exportedWithHashes, accounts: 1200), at: seven).line
                == "2026-11-21T07:00:00+00:00 operator act=exported-with-hashes accounts=1200")
        #expect(
            LogEntry(.throttleLifted(holder: "2001:db8::/64"), at: seven).line
                == "2026-11-21T07:00:00+00:00 operator act=throttle-lifted of=2001:db8::/64")
        #expect(
            LogEntry(.maintained(.sessionsEnded), at: seven).line
                == "2026-11-21T07:00:00+00:00 operator act=sessions-ended")
    }

    @Test(arguments: [
        ("a\r\nb", "a\\u{d}\\u{a}b"), ("a\"b\\", "a\\\"b\\\\"), ("\u{1B}[2J", "\\u{1b}[2J"),
        ("Ünï", "\\u{dc}n\\u{ef}"), ("\u{202E}x", "\\u{202e}x"), ("\u{0}", "\\u{0}"), ("", ""),
    ])
    func `A54 writes what was typed in printable ASCII, in quotes`(user: String, expected: String) {
        #expect(line(user: user).hasSuffix(" user=\"\(expected)\""))
    }

    @Test func `A54 cuts off what is longer than any address`() {
        let name = String(repeating: "x", count: 254)
        #expect(line(user: name + "yyyy").hasSuffix(" user=\"\(name)...\""))
        #expect(line(user: name).hasSuffix(" user=\"\(name)\""))
    }

    @Test(arguments: [
        "", "203.0.113.9 account=x", "2001:DB8::7", "host.example", "::1%eth0", "1\n2",
    ])
    func `A54 leaves out what is no address in canonical text`(ip: String) {
        #expect(line(from: ip).contains(" ip=- account=- "))
    }

    @Test func `docs/log.md names every result`() throws {
        let page = try String(
            contentsOfFile: #filePath.replacing(
                "Tests/AccountsTests/LogEntryTests.swift", with: "docs/log.md"), encoding: .utf8)
        let named = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { $0.dropFirst(3).prefix { $0 != "`" } }.map(String.init)
        #expect(named == LogEntry.Result.allCases.map(\.rawValue))
    }

    // The filter is the one that is shipped; the judge is fail2ban itself.
    @Test func `S63 A54 fail2ban reads the addresses, and nothing that was typed`() throws {
        let forged =
            "x\n2026-11-21T07:00:00+00:00 auth result=bad-password ip=198.51.100.1 "
            + "account=- flow=sign-in user=\"y\""
        let lines = [
            line(), line(.badCode, from: "2001:db8::7"), line(.throttled, from: "203.0.113.10"),
            line(.ok, from: "203.0.113.11"), line(.badLink, from: "203.0.113.12"),
            line(.csrf, from: "203.0.113.13"), line(.ok, from: "203.0.113.14", user: forged),
            line(from: "203.0.113.15", user: forged),
            line(from: "203.0.113.16", user: "\" ip=198.51.100.2 account=- flow=x user=\""),
            line(from: "198.51.100.3 ", user: "ip=198.51.100.4"),
            LogEntry(
                .failure(status: 503, reason: "auth result=bad-password ip=198.51.100.5 account=-"),
                at: seven
            ).line,
        ]
        let log = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID()).log")
        try (lines.joined(separator: "\n") + "\n")
            .write(to: log, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: log) }

        let filter = #filePath.replacing(
            "Tests/AccountsTests/LogEntryTests.swift",
            with: "hosting/fail2ban/filter.d/postern.conf")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/fail2ban-regex")
        process.arguments = ["-o", "ip", log.path(), filter]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            String(decoding: text, as: UTF8.self).split(separator: "\n") == [
                "203.0.113.9", "2001:db8::7", "203.0.113.10", "203.0.113.15", "203.0.113.16",
            ])
    }
}
