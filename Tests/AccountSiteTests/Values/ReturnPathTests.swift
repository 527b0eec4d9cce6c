import Testing

@testable import AccountSite

@Suite struct ReturnPathTests {
    // A22, S56.
    @Test(arguments: [
        "", "evil", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example",
        "https:evil.example", "https://evil.example/", "/%09/evil.example", "/%5cevil.example",
        "/%5Cevil.example", "/%2fevil.example", "/%2F/evil.example", "/..//evil.example",
        "/../evil", "/./evil", "/%2e%2e/evil", "/a/../b", "/a//b", "@evil.example",
        "javascript:alert(1)", "/\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:a=b", "/a b", "/a#b",
        "/%zz", "/?%zz", "/é", "/%00",
    ])
    func `refuses what could lead elsewhere`(text: String) {
        #expect(ReturnPath(text) == nil)
    }

    @Test(arguments: [
        "/", "/account/", "/members/", "/members/seeds.html", "/search?q=a+b&page=2", "/@ada",
        "/caf%C3%A9/",
    ])
    func `takes paths of this site`(text: String) {
        #expect(ReturnPath(text)?.text == text)
    }

    @Test func `takes no path without end`() {
        #expect(ReturnPath("/" + String(repeating: "a", count: 1000)) == nil)
    }
}
