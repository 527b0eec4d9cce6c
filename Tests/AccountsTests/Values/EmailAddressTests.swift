import Accounts
import Testing

@Suite struct EmailAddressTests {
    @Test(arguments: [
        ("ada@example.org", "ada@example.org", "ada@example.org"),
        ("  Ada.Lovelace@Example.ORG ", "Ada.Lovelace@example.org", "ada.lovelace@example.org"),
        (
            "o'brien+seeds@example.co.uk", "o'brien+seeds@example.co.uk",
            "o'brien+seeds@example.co.uk"
        ),
        ("ada@bücher.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
    ])
    func `keeps what was written and compares one form of it`(
        written: String, text: String, canonical: String
    ) throws {
        let address = try #require(EmailAddress(written))
        #expect(address.text == text)
        #expect(address.canonical == canonical)
    }

    // A6, A7, A20, A53.
    @Test(arguments: [
        "", "@", "ada", "ada@", "@example.org", "ada@example", "ada@localhost",
        "ada@example.org,eve@example.org", "ada@example.org\r\nBcc: eve@example.org",
        "ada\u{0}@example.org", "\"ada@example.org\"@evil.example", "ada@@example.org",
        "ada@example..org", "ada@.example.org", "ada@-example.org", "ada@example-.org",
        ".ada@example.org", "ada.@example.org", "a..da@example.org", "a da@example.org",
        "ada@192.0.2.1", "ada@[192.0.2.1]", "ada(comment)@example.org", "<ada@example.org>",
        "adа@example.org",  // a Cyrillic а
        "ı@example.org", "\u{212A}@example.org",  // dotless i, Kelvin sign
        "ａda@example.org", "ada\u{301}@example.org", "ada@example.org.",
    ])
    func `refuses what is no plain address`(written: String) {
        #expect(EmailAddress(written) == nil)
    }

    @Test func `is the same address in capitals, and not with another local part`() throws {
        #expect(EmailAddress("ADA@EXAMPLE.ORG") == EmailAddress("ada@example.org"))
        #expect(EmailAddress("ada+x@example.org") != EmailAddress("ada@example.org"))
    }

    // RFC 5321 §4.5.3.1.1 and §4.5.3.1.3.
    @Test func `holds the limits of length`() {
        let local = String(repeating: "a", count: 64)
        #expect(EmailAddress("\(local)@example.org") != nil)
        #expect(EmailAddress("a\(local)@example.org") == nil)
        let label = String(repeating: "b", count: 62)
        #expect(EmailAddress("\(local)@\(label).\(label).\(label)") != nil)
        #expect(EmailAddress("\(local)@b\(label).\(label).\(label)xx") == nil)
    }

    @Test func `masks most of the local part`() {
        #expect(EmailAddress("rowan.ash@example.org")?.masked == "ro•••••@example.org")
    }
}
