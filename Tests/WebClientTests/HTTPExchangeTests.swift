import Testing

@testable import WebClient

@Suite struct HTTPExchangeTests {
    let head = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\n"

    /// What comes of an answer that arrives in pieces, behind the last of which the connection ends.
    func content(
        of answer: String, inPiecesOf size: Int = .max, atMost limit: Int = 100
    ) throws(WebError) -> String {
        var exchange = HTTPExchange(get: "/range/21BD1", headers: [], atMost: limit)
        _ = exchange.request()
        var rest = Array(answer.utf8)[...]
        while !rest.isEmpty {
            if let content = try exchange.take(Array(rest.prefix(size))) {
                return String(decoding: content, as: UTF8.self)
            }
            rest = rest.dropFirst(size)
        }
        return String(decoding: try exchange.end(), as: UTF8.self)
    }

    // RFC 1945 §5.
    @Test func `asks with the path and the header fields and nothing else`() {
        var exchange = HTTPExchange(
            get: "/range/21BD1", headers: [("Host", "a.example"), ("Add-Padding", "true")],
            atMost: 100)
        #expect(
            String(decoding: exchange.request(), as: UTF8.self)
                == "GET /range/21BD1 HTTP/1.0\r\nHost: a.example\r\nAdd-Padding: true\r\n\r\n")
    }

    @Test(arguments: [1, 2, 3, 7, 40, 1000])
    func `takes an answer in pieces of any size`(_ size: Int) throws {
        #expect(try content(of: head + "12345", inPiecesOf: size) == "12345")
        #expect(try content(of: head + "12345HTTP/1.1", inPiecesOf: size) == "12345")
        let withoutLength = "HTTP/1.0 200 OK\nServer: x\n\n12345"
        #expect(try content(of: withoutLength, inPiecesOf: size) == "12345")
    }

    @Test func `A26 takes a content that is as long as allowed, and not a byte more`() throws {
        let hundred = String(repeating: "x", count: 100)
        let withoutLength = "HTTP/1.1 200 OK\r\n\r\n"
        #expect(try content(of: withoutLength + hundred) == hundred)
        #expect(throws: WebError.tooLong) { try content(of: withoutLength + hundred + "x") }
        let longer = "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n"
        #expect(throws: WebError.tooLong) { try content(of: longer) }
    }

    @Test func `A26 notices an end that comes too early`() {
        let answer = Array((head + "12345").utf8)
        for length in 0..<answer.count {
            let cut = String(decoding: answer.prefix(length), as: UTF8.self)
            #expect(throws: WebError.cutOff) { try content(of: cut) }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 404 Not Found\r\n\r\n", WebError.status(404)),
        ("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\n\r\n", .status(429)),
        ("HTTP/1.1 503 \r\n\r\n", .status(503)),
        ("HTTP/1.1 301 Moved\r\nLocation: https://a.example/\r\n\r\n", .status(301)),
        ("HTTP/1.1 302 Found\r\n\r\n", .status(302)),
        ("HTTP/1.1 307 Moved\r\nLocation: https://a.example/\r\n\r\n", .status(307)),
        ("HTTP/1.1 204 No Content\r\n\r\n", .status(204)),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", .status(100)),
        ("HTTP/1.1 999 Who knows\r\n\r\n", .malformed),
        ("HTTP/2 200\r\n\r\n", .malformed),
        ("220 mail.example ESMTP\r\n\r\n", .malformed),
        ("\r\n\r\n", .malformed),
        ("<!doctype html>\n<p>Hello</p>\n", .malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n12345", .malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n12345", .tooLong),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", .malformed),
    ])
    func `A26 refuses`(_ answer: String, _ error: WebError) {
        #expect(throws: error) { try content(of: answer) }
        #expect(throws: error) { try content(of: answer, inPiecesOf: 1) }
    }

    @Test func `A26 reads no head without end`() {
        let longLine = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 100_000)
        #expect(throws: WebError.malformed) { try content(of: longLine) }
        let manyLines =
            "HTTP/1.1 200 OK\r\n" + String(repeating: "X: 0123456789\r\n", count: 10_000)
        #expect(throws: WebError.malformed) { try content(of: manyLines, inPiecesOf: 1000) }
    }
}
