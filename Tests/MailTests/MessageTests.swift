import Testing

@testable import Mail

@Suite struct MessageTests {
    let site = Mailbox(
        address: "security@seeds.example", name: HeaderText("Millbrook Seed Library")!)!
    let id = MessageID(randomBytes: [UInt8](0..<16), host: "seeds.example")!

    func message(
        from: Mailbox? = nil, to: Mailbox? = nil, subject: String = "Prove your address",
        text: String = "Hello Ada\n", html: String = "<!doctype html>\n<p>Hello Ada\n"
    ) throws -> Message {
        Message(
            from: from ?? site, to: try to ?? #require(Mailbox(address: "ada@example.org")),
            subject: try #require(HeaderText(subject)), text: Array(text.utf8),
            html: Array(html.utf8), date: 1_795_252_320, id: id)
    }

    func lines(of message: Message) -> [String] {
        String(decoding: message.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    // 1795252320 is `date -u -d '2026-11-21 09:12' +%s`.
    @Test func `writes plain text first, and the same as HTML after it`() throws {
        let expected = """
            Date: Sat, 21 Nov 2026 09:12:00 +0000
            From: Millbrook Seed Library <security@seeds.example>
            To: ada@example.org
            Subject: Prove your address
            Message-ID: <000102030405060708090a0b0c0d0e0f@seeds.example>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_alternative"

            --=_alternative
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            Hello Ada

            --=_alternative
            Content-Type: text/html; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            <!doctype html>
            <p>Hello Ada

            --=_alternative--

            """
        #expect(String(decoding: try message().bytes, as: UTF8.self) == expected)
    }

    // The expected values are those of RFC 2045 §6.7 worked out by hand.
    @Test(arguments: [
        ("Grüße\n", "Gr=C3=BC=C3=9Fe"),
        ("1 + 1 = 2 é\n", "1 + 1 =3D 2 =C3=A9"),
        ("blank at the end \n", "blank at the end=20"),
        ("tab at the end\t\n", "tab at the end=09"),
        (".\n", "=2E"),
        ("From me\n", "=46rom me"),
        ("Fröhlich\n", "Fr=C3=B6hlich"),
        ("null \u{0}\n", "null =00"),
    ])
    func `quotes what mail systems might change`(text: String, expected: String) throws {
        let lines = lines(of: try message(text: text))
        #expect(lines[11] == "Content-Transfer-Encoding: quoted-printable")
        #expect(lines[13] == expected)
        #expect(lines[14].isEmpty)
    }

    @Test func `breaks long lines softly at 76 columns`() throws {
        let lines = lines(of: try message(text: String(repeating: "é", count: 30) + ".\n"))
        #expect(lines[13] == String(repeating: "=C3=A9", count: 12) + "=C3=")
        #expect(lines[14] == "=A9" + String(repeating: "=C3=A9", count: 12) + "=")
        #expect(lines[15] == String(repeating: "=C3=A9", count: 5) + ".")
    }

    @Test func `quotes a dot that a soft break brings to the beginning of a line`() throws {
        let text = String(repeating: "a", count: 75) + ".b é\n"
        let lines = lines(of: try message(text: text))
        #expect(lines[13] == String(repeating: "a", count: 75) + "=")
        #expect(lines[14] == "=2Eb =C3=A9")
    }

    @Test(arguments: [998, 999])
    func `leaves lines of up to 998 bytes alone`(count: Int) throws {
        let lines = lines(of: try message(text: String(repeating: "a", count: count)))
        #expect(
            lines[11] == "Content-Transfer-Encoding: "
                + (count == 998 ? "7bit" : "quoted-printable"))
        #expect(lines.allSatisfy { $0.utf8.count <= 998 })
    }

    // A53: a bare CR or a bare LF before the last dot has smuggled second messages (SMTP smuggling).
    @Test(arguments: [
        "a\r\nb", "a\rb", "a\nb\n", "a\n\r.\r\n", "a\n.\n", "a\r\n.\r\nMAIL FROM:<x@y>",
    ])
    func `A53 has no CR and no lone dot, however the lines of the text end`(text: String) throws {
        let message = try message(text: text, html: text)
        #expect(!message.bytes.contains(0x0D))
        #expect(!lines(of: message).contains("."))
    }

    @Test func `finds a boundary that the text does not hold`() throws {
        let text = "--=_alternative\nContent-Type: text/html\n\n<b>--=_alternative_--\n"
        let lines = lines(of: try message(text: text))
        #expect(lines[7].hasSuffix("boundary=\"=_alternative__\""))
        #expect(lines.filter { $0 == "--=_alternative__" }.count == 2)
    }
}

@Suite struct HeaderTests {
    // Encoded by hand after RFC 2047 §4.2 and §5 (3).
    @Test(arguments: [
        ("Prove your address", "Prove your address"),
        ("Bestätige deine Adresse", "=?UTF-8?Q?Best=C3=A4tige_deine_Adresse?="),
        ("=?UTF-8?Q?x?=", "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?="),
        (" led by a blank", "=?UTF-8?Q?_led_by_a_blank?="),
        ("", ""),
    ])
    func `writes a subject as it is, or as encoded words`(text: String, expected: String) throws {
        let text = try #require(HeaderText(text))
        #expect(HeaderValue.unstructured(text, indentation: 9) == expected)
    }

    @Test func `goes on in the next line with whole characters in every encoded word`() throws {
        let text = try #require(HeaderText(String(repeating: "🌱", count: 12)))
        // 69 columns hold 57 characters of encoded text beside the twelve around it: four plants
        // of twelve; a whole line of 75 holds five.
        let plant = "=F0=9F=8C=B1"
        #expect(
            HeaderValue.unstructured(text, indentation: 9) == """
                =?UTF-8?Q?\(String(repeating: plant, count: 4))?=
                 =?UTF-8?Q?\(String(repeating: plant, count: 5))?=
                 =?UTF-8?Q?\(String(repeating: plant, count: 3))?=
                """)
    }

    @Test(arguments: [
        ("", "ada@example.org"),
        ("Ada Lovelace", "Ada Lovelace <ada@example.org>"),
        ("Lovelace, Ada", "\"Lovelace, Ada\" <ada@example.org>"),
        ("Ada \"Al\" \\ Love", "\"Ada \\\"Al\\\" \\\\ Love\" <ada@example.org>"),
        ("Adé", "=?UTF-8?Q?Ad=C3=A9?= <ada@example.org>"),
        ("Ada <eve@example.org>,", "\"Ada <eve@example.org>,\" <ada@example.org>"),
    ])
    func `writes a name as atoms, quoted, or encoded`(name: String, expected: String) throws {
        let name = try #require(HeaderText(name))
        let mailbox = try #require(Mailbox(address: "ada@example.org", name: name))
        #expect(HeaderValue.mailbox(mailbox, indentation: 4) == expected)
    }

    @Test(arguments: [
        "a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\u{0}b", "a\u{1B}[2J", "a\u{85}b",
        "a\u{2028}b",
        "a\u{7F}",
    ])
    func `A53 refuses header text that could begin another header`(text: String) {
        #expect(HeaderText(text) == nil)
    }

    @Test(arguments: [
        "ada@example.org\r\nBcc: eve@example.org", "ada@example.org,eve@example.org",
        "ada@example.org eve@example.org", "<ada@example.org>", "ada@@example.org", "@example.org",
        "ada@", "ada", "", ".ada@example.org", "a..b@example.org", "ada@example.org.",
        "\"ada\"@example.org", "ada@[192.0.2.1]", "ada@example.org>", "ada@exämple.org",
        "ada\u{0}@example.org", "ada(x)@example.org",
    ])
    func `A53 refuses an address that is more than an address`(address: String) {
        #expect(Mailbox(address: address) == nil)
    }

    @Test(arguments: ["a.b\r\nX: y", "", "a b", "exämple"])
    func `A53 refuses a message identifier under anything but a host`(host: String) {
        #expect(MessageID(randomBytes: [UInt8](0..<16), host: host) == nil)
    }
}
