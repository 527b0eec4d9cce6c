import Testing
import WebClient

@Suite struct WebAddressTests {
    @Test func `takes an address apart`() throws {
        let address = try #require(WebAddress("https://API.example.org:8443/range"))
        #expect(address.host == "api.example.org")
        #expect(address.port == 8443)
        #expect(address.path == "/range")
        #expect(address.appending("21BD1").path == "/range/21BD1")
    }

    @Test func `knows the usual port and the root`() throws {
        let address = try #require(WebAddress("https://example.org"))
        #expect(address.port == 443)
        #expect(address.path == "/")
    }

    @Test(arguments: [
        "http://example.org/", "https://", "https://:443/", "https://a@b/", "https://a/?q",
        "https://a/#f", "https://a b/", "https://a:0/", "https://a:99999/", "https://a\r\n/",
        "https://a:1:2/", "https://é.example/",
    ])
    func `refuses`(_ text: String) {
        #expect(WebAddress(text) == nil)
    }
}
