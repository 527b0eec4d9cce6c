import HTTP
import Testing

@testable import Gateway

@Suite struct CGITextTests {
    let protection = """
        Cache-Control: no-store\r
        Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r
        Referrer-Policy: no-referrer\r
        X-Content-Type-Options: nosniff\r
        Cross-Origin-Opener-Policy: same-origin\r

        """

    @Test func `is a status, the fields, the length, an empty line and the body`() {
        let text = CGIText(.html([UInt8]("<p>é\n".utf8), status: .unprocessableContent))
        let expected =
            "Status: 422 Unprocessable Content\r\nContent-Type: text/html; charset=utf-8\r\n"
            + protection + "Content-Length: 6\r\n\r\n<p>é\n"
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }

    // With a status beside it, Location is a client redirect and no local one (RFC 3875 §6.2).
    @Test func `says 303 beside the location`() {
        let text = CGIText(.seeOther("/account/"))
        let expected =
            "Status: 303 See Other\r\n" + protection
            + "Location: /account/\r\nContent-Length: 0\r\n\r\n"
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }

    @Test func `keeps the length and leaves the body out for HEAD (S72)`() {
        let text = CGIText(.text("four"), withBody: false)
        let expected =
            "Status: 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n" + protection
            + "Content-Length: 4\r\n\r\n"
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }

    @Test func `says no length where there is no content`() {
        let text = CGIText(Response(.noContent))
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == "Status: 204 No Content\r\n" + protection + "\r\n")
    }
}
