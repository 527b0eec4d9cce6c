import Cryptography
import Testing

@Suite struct KeyURITests {
    private let key = TOTPKey(randomBytes: Array("12345678901234567890".utf8))

    @Test(arguments: [
        ("Seeds", "ada@example.org", "Seeds:ada@example.org", "Seeds"),
        ("Seed Library", "ada@example.org", "Seed%20Library:ada@example.org", "Seed%20Library"),
        ("A: B", "x:y@example.org", "A%3A%20B:x%3Ay@example.org", "A%3A%20B"),
        (
            "Bé & Né", "a+b@x.example", "B%C3%A9%20%26%20N%C3%A9:a%2Bb@x.example",
            "B%C3%A9%20%26%20N%C3%A9"
        ),
        ("種", "a%b@x.example", "%E7%A8%AE:a%25b@x.example", "%E7%A8%AE"),
        ("a/b?c#=", "\"&'@x.example", "a%2Fb%3Fc%23%3D:%22%26%27@x.example", "a%2Fb%3Fc%23%3D"),
        ("-._~", "\u{0}\u{A}@x.example", "-._~:%00%0A@x.example", "-._~"),
    ])
    func `S17: has secret and issuer alone, percent-encoded`(
        issuer: String, account: String, label: String, parameter: String
    ) {
        let query = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=\(parameter)"
        let uri = KeyURI(key: key, issuer: issuer, account: account)
        #expect(uri.text == "otpauth://totp/\(label)?\(query)")
    }
}
