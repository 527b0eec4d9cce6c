import HTTP
import Testing

@Suite struct FormTests {
    @Test func `reads what a browser writes`() throws {
        let form = try Form(
            urlencoded: "email=ada%40example.org&password=a+b%2Bc&note=%E2%9C%93".utf8)
        #expect(form["email"] == "ada@example.org")
        #expect(form["password"] == "a b+c")
        #expect(form["note"] == "✓")
        #expect(form["code"] == nil)
    }

    @Test(arguments: [
        ("a=1&a=2", FormError.duplicateField), ("a=1&%61=2", .duplicateField),
        ("a=%", .malformedPercentEncoding), ("a=%4", .malformedPercentEncoding),
        ("a=%4g", .malformedPercentEncoding), ("a%=1", .malformedPercentEncoding),
        ("a=%00", .nulByte), ("%00=a", .nulByte), ("a=%FF", .notUTF8), ("a=%C0%AF", .notUTF8),
        ("a=%ED%A0%80", .notUTF8), ("=1", .namelessField), ("a=1&&b=2", .namelessField),
        ("a=1&", .namelessField), ("&", .namelessField),
    ])
    func `refuses what no browser writes`(text: String, error: FormError) {
        #expect(throws: error) { try Form(urlencoded: text.utf8) }
    }

    @Test func `takes a repeatable field more than once, and no other`() throws {
        let text = "user-input=Ada&password=x&user-input=Lovelace"
        let form = try Form(urlencoded: text.utf8, repeatable: ["user-input"])
        #expect(form.values(of: "user-input") == ["Ada", "Lovelace"])
        #expect(form.values(of: "password") == ["x"])
        #expect(form.values(of: "code") == [])
        #expect(throws: FormError.duplicateField) {
            try Form(urlencoded: text.utf8, repeatable: ["password"])
        }
    }

    @Test func `takes 64 fields, and not 65`() throws {
        let fields = (1...65).map { "f\($0)=" }
        let form = try Form(urlencoded: fields.prefix(64).joined(separator: "&").utf8)
        #expect(form["f64"] == "")
        #expect(throws: FormError.tooManyFields) {
            try Form(urlencoded: fields.joined(separator: "&").utf8)
        }
    }

    @Test func `reads a word without an equals sign as an empty field`() throws {
        let form = try Form(urlencoded: "user+delete+alice".utf8)
        #expect(form["user delete alice"] == "")
    }

    @Test func `has no fields when there are no bytes`() throws {
        #expect(try Form(urlencoded: []).isEmpty)
    }

    @Test func `does not let the same name pass in two encodings of one letter`() {
        // é as one scalar, and as e with a combining accent.
        #expect(throws: FormError.duplicateField) {
            try Form(urlencoded: "%C3%A9=1&e%CC%81=2".utf8)
        }
    }
}
