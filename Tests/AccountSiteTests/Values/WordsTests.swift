import Accounts
import Cryptography
import Testing

@testable import AccountSite

@Suite struct WordsTests {
    // As the browsers themselves write it.
    @Test(arguments: [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari on iPhone"
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android"
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
            "Safari on Mac"
        ),
        ("Lynx/2.9.0dev.12 libwww-FM/2.14", "Lynx"),
        ("", "an unknown browser"),
        ("<script>alert(1)</script>", "an unknown browser"),
    ])
    func `names a browser in its own words`(userAgent: String, name: String) {
        #expect(BrowserName.of(userAgent) == name)
    }

    // A14: 5 of 1,296 words are 51.7 bits; ten thousand of them hardly ever have two alike.
    @Test func `draws ready-made passwords by chance`() {
        let made = (1...10_000).map { _ in Passphrase.make { randomBytes(count: $0) } }
        #expect(Set(made).count == made.count)
        #expect(made.allSatisfy { $0.split(separator: " ").count == 5 })
        let words = Set(made.flatMap { $0.split(separator: " ") })
        #expect(words.count == 1296)
    }
}
