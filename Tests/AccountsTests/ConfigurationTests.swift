import Accounts
import Cryptography
import Foundation
import Testing

@Suite struct ConfigurationTests {
    let least = """
        url https://seeds.example
        name Millbrook Seed Library
        forms /srv/postern/forms.seg
        mail-from security@seeds.example
        mail sendmail /usr/sbin/sendmail

        """

    /// Everything that is wrong with a text, line by line.
    func complaints(about text: String) -> [String] {
        do {
            _ = try Configuration(text: text)
            return []
        } catch {
            return error.complaints.map(\.description)
        }
    }

    @Test func `reads what must be given, and has a value for the rest`() throws {
        let configuration = try Configuration(text: least)
        #expect(configuration.siteURL.origin == "https://seeds.example")
        #expect(configuration.siteName == "Millbrook Seed Library")
        #expect(configuration.forms == "/srv/postern/forms.seg")
        #expect(configuration.mailFrom.text == "security@seeds.example")
        #expect(configuration.mailTransport == .sendmail(program: "/usr/sbin/sendmail"))
        #expect(configuration.asksName == false)
        #expect(configuration.shortestPassword == 8)
        #expect(configuration.trustedProxies == 0)
        #expect(configuration.scrypt == .standard)
        #expect(configuration.hashingSlots == 4)
        #expect(configuration.pepper == "keys/pepper")
        #expect(configuration.sessionIdleDays == 14)
        #expect(configuration.sessionDays == 30)
        #expect(configuration.texts.transport == .nowhere)
        #expect(configuration.texts.countries.map(\.text) == ["US", "CA"])
        #expect(configuration.texts.perDay == 200)
    }

    @Test func `reads every name, in any order, among comments and blanks`() throws {
        let configuration = try Configuration(
            text: """
                # The demo.
                   # another comment
                texts-per-day 50
                text-countries DE  AT
                texts gateway my gateway.conf
                session-days 2
                session-idle-days 1
                pepper /etc/postern/pepper
                hashing-slots 64
                scrypt ln=13,r=8,p=10
                trusted-proxies 1
                shortest-password 15

                ask-name yes
                mail   maildir mail box
                \tmail-from\tA@seeds.example\t
                forms /x y.seg
                name # is not a comment here
                url http://localhost:8080\r
                """)
        #expect(configuration.siteURL.origin == "http://localhost:8080")
        #expect(configuration.siteName == "# is not a comment here")
        #expect(configuration.forms == "/x y.seg")
        #expect(configuration.mailFrom.text == "A@seeds.example")
        #expect(configuration.mailTransport == .maildir(path: "mail box"))
        #expect(configuration.asksName)
        #expect(configuration.shortestPassword == 15)
        #expect(configuration.trustedProxies == 1)
        #expect(configuration.scrypt == ScryptParameters(ln: 13, r: 8, p: 10))
        #expect(configuration.hashingSlots == 64)
        #expect(configuration.pepper == "/etc/postern/pepper")
        #expect(configuration.sessionIdleDays == 1)
        #expect(configuration.sessionDays == 2)
        #expect(configuration.texts.transport == .gateway(file: "my gateway.conf"))
        #expect(configuration.texts.countries.map(\.text) == ["DE", "AT"])
        #expect(configuration.texts.perDay == 50)
    }

    @Test func `reports everything that is wrong at once, by line`() {
        let text = """
            ulr https://seeds.example
            name Millbrook
            name Millbrook again
            forms forms.seg
            mail-from security
            mail-form security@seeds.example
            colour green
            ask-name maybe
            hashing-slots
            """
        #expect(
            complaints(about: text) == [
                "postern.conf:1: there is no setting 'ulr'; did you mean 'url'?",
                "postern.conf:3: 'name' stands on line 2 already",
                "postern.conf:4: 'forms' must be an absolute path, not 'forms.seg'",
                "postern.conf:5: 'mail-from' must be an e-mail address, not 'security'",
                "postern.conf:6: there is no setting 'mail-form'; did you mean 'mail-from'?",
                "postern.conf:7: there is no setting 'colour'",
                "postern.conf:8: 'ask-name' must be yes or no, not 'maybe'",
                "postern.conf:9: 'hashing-slots' must be a number from 1 to 64, not ''",
                "postern.conf: 'url' is missing; it must be an address such as "
                    + "https://example.org, with nothing behind the host",
                "postern.conf: 'mail' is missing; it must be 'maildir PATH' or "
                    + "'sendmail /PATH/OF/THE/PROGRAM'",
            ])
    }

    @Test(arguments: [
        "shortest-password 7", "shortest-password 65", "shortest-password 08",
        "shortest-password +8", "trusted-proxies -1", "trusted-proxies 9", "hashing-slots 0",
        "session-days 401", "session-days 7 days", "ask-name Yes", "mail smtp example.org",
        "mail sendmail", "mail sendmail sendmail", "scrypt ln=14,r=8", "scrypt ln=014,r=8,p=5",
        "scrypt ln=18,r=8,p=1", "scrypt r=8,ln=14,p=5", "scrypt 14,8,5", "pepper",
        "texts sms", "texts none at all", "texts folder", "texts gateway", "texts program send",
        "text-countries US UK", "text-countries us", "text-countries US,CA", "texts-per-day 0",
        "url http://seeds.example", "name a\u{1B}[31m", "name \u{7}",
    ])
    func `refuses a value that it cannot have`(line: String) throws {
        let name = try #require(line.split(separator: " ").first)
        let others = least.split(separator: "\n").filter { !$0.hasPrefix("\(name) ") }
        let text = (others.map(String.init) + [line]).joined(separator: "\n")
        let complaints = complaints(about: text)
        #expect(complaints.count == 1)
        #expect(
            complaints.first?.hasPrefix("postern.conf:\(others.count + 1): '\(name)' must be ")
                == true)
    }

    @Test func `refuses an idle time beyond the session's life`() {
        #expect(
            complaints(about: least + "session-idle-days 31") == [
                "postern.conf:6: 'session-idle-days' must not be more than session-days, 30"
            ])
        #expect(
            complaints(about: least + "session-days 7") == [
                "postern.conf: 'session-idle-days' must not be more than session-days, 7"
            ])
    }

    @Test func `says which rule of the gate is wrong, and which stands twice`() {
        let rules = """
            gate /members/ signed-in
            gate /members/board/ group Board
            gate /members group board

            """
        #expect(
            complaints(about: least + rules) == [
                "postern.conf:7: 'gate' must be a path and who may have it, such as "
                    + "'/members/ signed-in', '/members/board/ group board' or "
                    + "'/vault/ second-factor fresh 15m', not '/members/board/ group Board'"
            ])
        #expect(
            complaints(about: least + rules.replacing("Board", with: "board")) == [
                "postern.conf:8: 'gate' has a rule for /members/ already"
            ])
    }

    @Test func `A54 shows what a terminal would obey in letters`() {
        #expect(
            complaints(about: least + "\u{1B}]0;x\u{7} y").first
                == "postern.conf:6: there is no setting '\\u{1b}]0;x\\u{7}'")
    }

    @Test func `docs/configuration.md says what the reader knows`() throws {
        let rows = try page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        let expected = Configuration.settings.map {
            "| `\($0.name)` | \($0.standard.map { "`\($0)`" } ?? "*must be given*") | \($0.meaning) |"
        }
        #expect(rows == expected)
    }

    @Test func `the example in docs/configuration.md is a configuration`() throws {
        let blocks = try page.split(separator: "```\n", omittingEmptySubsequences: false)
        #expect(try Configuration(text: String(blocks[1])).asksName)
    }

    /// The page that describes the settings.
    var page: String {
        get throws {
            try String(
                contentsOfFile: #filePath.replacing(
                    "Tests/AccountsTests/ConfigurationTests.swift", with: "docs/configuration.md"),
                encoding: .utf8)
        }
    }
}
