import HTTP
import Testing

@Suite struct ResponseTests {
    @Test(
        "carries the protecting fields whatever its status (S53, S54, S55)",
        arguments: [
            Response.html([]), .html([], status: .unprocessableContent), .seeOther("/account/"),
            .methodNotAllowed(allow: [.get]), .text("", status: .internalServerError),
            Response(.noContent),
        ])
    func protection(response: Response) {
        let fields = Dictionary(
            response.fields.map { ($0.name.text, $0.value.text) }, uniquingKeysWith: { $0 + $1 })
        #expect(fields["Cache-Control"] == "no-store")
        #expect(fields["Referrer-Policy"] == "no-referrer")
        #expect(fields["X-Content-Type-Options"] == "nosniff")
        #expect(fields["Cross-Origin-Opener-Policy"] == "same-origin")
        #expect(
            fields["Content-Security-Policy"] == "default-src 'none'; style-src 'self'; "
                + "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
                + "base-uri 'none'")
    }

    @Test func `says that a page is HTML in UTF-8`() {
        #expect(Response.html([])[.contentType] == "text/html; charset=utf-8")
        #expect(Response.text("")[.contentType] == "text/plain; charset=utf-8")
        #expect(Response.seeOther("/")[.contentType] == nil)
    }

    @Test(
        "sends nobody where a line break in the text leads (A52)",
        arguments: [
            ("/account/?next=/x", "/account/?next=/x"),
            ("/a\r\nSet-Cookie: a=b", "/a%0D%0ASet-Cookie:%20a=b"),
            ("/a\u{0}\u{7F}", "/a%00%7F"), ("/é", "/%C3%A9"), ("/a\u{2028}b", "/a%E2%80%A8b"),
            ("/%41", "/%41"), ("/\"><script>", "/%22%3E%3Cscript%3E"), ("/\\evil", "/%5Cevil"),
        ])
    func location(text: String, value: String) {
        #expect(Response.seeOther(text)[.location]?.text == value)
        #expect(Response.seeOther(text).status == .seeOther)
    }

    @Test func `names the methods that a page has`() {
        let response = Response.methodNotAllowed(allow: [.get, .head, .post])
        #expect(response[.allow] == "GET, HEAD, POST")
        #expect(response.status.rawValue == 405)
    }

    @Test func `has one value of a field that is set twice, whatever its capitals`() {
        let response = Response(.serviceUnavailable)
            .setting(.retryAfter, to: FieldValue(5)).setting("retry-after", to: FieldValue(7))
        #expect(response.fields.filter { $0.name == .retryAfter }.map(\.value.text) == ["7"])
    }

    @Test func `has each cookie that is set`() throws {
        let session = try #require(SetCookie("__Host-session", to: "abc"))
        let response = Response.seeOther("/").setting(cookie: session)
            .setting(cookie: .removing("__Host-form"))
        #expect(
            response.fields.filter { $0.name == .setCookie }.map(\.value.text) == [
                "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax",
                "__Host-form=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax",
            ])
    }

    @Test func `says how long a cookie lasts`() throws {
        let cookie = try #require(SetCookie("__Host-session", to: "", maxAge: 3600))
        #expect(
            Response(.ok).setting(cookie: cookie)[.setCookie]
                == "__Host-session=; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax")
    }

    @Test(
        "has no cookie that could hold another (A52)",
        arguments: ["a;b", "a b", "a,b", "a\"b", "a\\b", "a\r\nb", "a\u{0}", "é", "a\tb"])
    func cookieValue(text: String) {
        #expect(SetCookie("__Host-session", to: text) == nil)
    }

    @Test(
        "has no field value with a control in it (A52)",
        arguments: ["a\r\nB: c", "a\nb", "a\rb", "a\u{0}b", "a\tb", "é", "\u{7F}", " a", "a "])
    func fieldValue(text: String) {
        #expect(FieldValue(text) == nil)
    }

    @Test(arguments: ["", "a, b; c=\"d\"", "a  b"])
    func `takes other field values as they are`(text: String) {
        #expect(FieldValue(text)?.text == text)
    }

    @Test func `writes a number as a field value`() {
        #expect(FieldValue(120).text == "120")
    }

    @Test(arguments: [
        ("ada@example.org", "ada%40example.org"), ("a b+c", "a%20b%2Bc"),
        ("-._~09azAZ", "-._~09azAZ"),
        ("/members/?a=1&b=2#c", "%2Fmembers%2F%3Fa%3D1%26b%3D2%23c"), ("é\u{0}", "%C3%A9%00"),
    ])
    func `encodes a query's value`(text: String, encoded: String) throws {
        #expect(PercentEncoding.encode(text) == encoded)
        let query = "v=\(encoded)"
        if !text.contains("\u{0}") {
            #expect(try Form(urlencoded: query.utf8)["v"] == text)
        }
    }
}
