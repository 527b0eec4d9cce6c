import Accounts
import Testing

@Suite struct SiteURLTests {
    @Test(arguments: [
        ("https://seeds.example", "https://seeds.example", "seeds.example"),
        ("https://seeds.example/", "https://seeds.example", "seeds.example"),
        ("https://seeds.example:443", "https://seeds.example", "seeds.example"),
        ("https://seeds.example:8443", "https://seeds.example:8443", "seeds.example"),
        ("https://Seeds.Example", "https://seeds.example", "seeds.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://localhost", "http://localhost", "localhost"),
        ("http://localhost:8080", "http://localhost:8080", "localhost"),
        ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
    ])
    func `reads an origin and writes it in one way`(text: String, origin: String, host: String) {
        #expect(SiteURL(text)?.origin == origin)
        #expect(SiteURL(text)?.host == host)
    }

    @Test(arguments: [
        "", "seeds.example", "//seeds.example", "http://seeds.example", "ftp://seeds.example",
        "https://", "https:///", "https://seeds.example/forms", "https://seeds.example?x",
        "https://seeds.example#x", "https://ada@seeds.example", "https://ada:pw@seeds.example",
        "https://seeds.example:0", "https://seeds.example:65536", "https://seeds.example:080",
        "https://seeds.example:", "https://seeds.example:80:80", "https://seeds .example",
        "https://seeds.example//", "https://-seeds.example", "https://seeds..example",
        "http://localhost.evil.example", "http://127.0.0.2", "https://[::1]",
        "https://seeds.example\\@evil.example", "https://seeds.example\r\nX: y",
        "https://seeds.example%2f", "javascript://seeds.example",
    ])
    func `A1 refuses everything that is more or less than an origin`(text: String) {
        #expect(SiteURL(text) == nil)
    }

    @Test func `makes an address of a path and a query`() throws {
        let site = try #require(SiteURL("https://seeds.example"))
        #expect(site.url("/account/") == "https://seeds.example/account/")
        #expect(
            site.url("/account/verify", query: [("token", "a-b_c.d~"), ("next", "/a b&c=ü")])
                == "https://seeds.example/account/verify?token=a-b_c.d~&next=%2Fa%20b%26c%3D%C3%BC")
    }
}
