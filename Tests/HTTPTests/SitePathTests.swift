import HTTP
import Testing

@Suite struct SitePathTests {
    // RFC 3986 §5.2.4 and §6.2.2, the first as it is printed there; then what nginx does besides:
    // several slashes are one.
    @Test(arguments: [
        ("/a/b/c/./../../g", "/a/g"), ("/", "/"), ("/.", "/"), ("/a", "/a"), ("/a/", "/a/"),
        ("/a/.", "/a/"), ("/a/..", "/"), ("/a/b/..", "/a/"), ("/a/b/../", "/a/"),
        ("/a/./b", "/a/b"), ("/b/c/g.", "/b/c/g."), ("/b/c/..g", "/b/c/..g"),
        ("/b/c/g;x=1/./y", "/b/c/g;x=1/y"), ("/b/c/g;x=1/../y", "/b/c/y"),
        ("/%7Euser/%41", "/~user/A"), ("/members/%6d%2E", "/members/m."),
        ("/members/%2e%2e/board", "/board"), ("/members/%2E/x", "/members/x"),
        ("//members///board//", "/members/board/"), ("/caf%C3%A9", "/café"), ("/a%20b", "/a b"),
        ("/members/board/%CC%81/../x", "/members/board/x"), ("/a+b", "/a+b"), ("/a?b/../c", "/a"),
        ("/a%3Fb", "/a?b"), ("/a%23b", "/a#b"),
        ("http://evil.example/members/", "/members/"), ("https://evil.example/?/x", "/"),
    ])
    func `is one path, however it is spelt (A68)`(uri: String, path: String?) {
        #expect(SitePath(uri: Array(uri.utf8))?.text == path)
    }

    @Test(arguments: [
        "", "members", "*", "example.org:443", "/members%2fboard", "/members%2Fboard",
        "/members/..%2fboard", "/members\\board", "/members%5cboard", "/members/%252e%252e/",
        "/members/%25", "/members/%", "/members/%4", "/members/%zz", "/members/%00",
        "/members/%0a", "/members/%7f", "/members/%ff", "/members/%c0%af", "/members/#/board",
        "/..", "/../members", "/members/../..", "/%2e%2e/", "http://evil.example",
    ])
    func `is none where two programs could understand it differently (A68)`(uri: String) {
        #expect(SitePath(uri: Array(uri.utf8)) == nil)
    }

    @Test(arguments: [
        ("/a b/100%/é", "/a%20b/100%25/%C3%A9"), ("/a/b;c=(1)", "/a/b;c=(1)"),
        ("/a?b#c", "/a%3Fb%23c"),
    ])
    func `stands in a URI again`(decoded: String, uri: String) {
        #expect(SitePath(decoded: Array(decoded.utf8))?.uri == uri)
    }
}
