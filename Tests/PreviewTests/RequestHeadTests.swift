import HTTP
import Testing

@testable import Preview

@Suite struct RequestHeadTests {
    @Test func `a head has a method, a path and a host`() throws {
        let head = try #require(
            RequestHead(
                "HEAD /preview/en/a%62c?x=%zz HTTP/1.1\r\nAccept: */*\r\nhOST: \tLocalHost:8081 "
                    .utf8))
        #expect(head.method == .head)
        #expect(head.path == "/preview/en/abc")
        #expect(head.host == "localhost:8081")
    }

    // RFC 9112 §3, §3.2, §5.1.
    @Test(arguments: [
        "", "GET", "GET /", "GET / HTTP/2.0\r\nHost: a", "GET  / HTTP/1.1\r\nHost: a",
        "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: a\r\nHost: a", "GET / HTTP/1.1\r\nHost : a",
        "GET / HTTP/1.1\r\nHost: a\r\n b", "GET / HTTP/1.1\r\n: a\r\nHost: a",
        "GET * HTTP/1.1\r\nHost: a", "GET a HTTP/1.1\r\nHost: a",
        "GET /../a HTTP/1.1\r\nHost: a", "GET /%2e%2e/a HTTP/1.1\r\nHost: a",
        "GET /./a HTTP/1.1\r\nHost: a", "GET /%00 HTTP/1.1\r\nHost: a",
        "GET /%ff HTTP/1.1\r\nHost: a", "GET /%4 HTTP/1.1\r\nHost: a",
    ])
    func `other heads are refused`(text: String) {
        #expect(RequestHead(text.utf8) == nil)
    }

    @Test func `a path is decoded once`() {
        #expect(RequestHead("GET /%252e%252e/ HTTP/1.1\r\nHost: a".utf8)?.path == "/%2e%2e/")
    }
}
