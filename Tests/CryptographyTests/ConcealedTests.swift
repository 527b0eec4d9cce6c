import Cryptography
import Testing

@Suite struct ConcealedTests {
    @Test func `a password is never printed`() throws {
        expectConcealed(try Password("correct horse"), as: "(password)", hiding: "correct")
    }

    @Test func `neither a key nor its address is ever printed (P28)`() {
        let key = TOTPKey(randomBytes: Array("12345678901234567890".utf8))
        for text in ["GEZDGNBV", "49, 50, 51"] {
            expectConcealed(key, as: "(key)", hiding: text)
        }
        let uri = KeyURI(key: key, issuer: "Seeds", account: "ada@example.org")
        expectConcealed(uri, as: "(key URI)", hiding: "GEZDGNBV")
    }

    @Test func `a recovery code is never printed (P28)`() throws {
        let code = try #require(RecoveryCode(typed: "7KX2-9MQD-3HTV-W0PC"))
        for text in ["7KX2", "60, 250"] {
            expectConcealed(code, as: "(recovery code)", hiding: text)
        }
    }

    private struct Form<Secret> {
        let secret: Secret
    }

    private func expectConcealed<Secret>(
        _ secret: Secret, as word: String, hiding text: String
    ) {
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Form(secret: secret), to: &dumped)
        let printed = ["\(secret)", String(reflecting: secret), "\(Form(secret: secret))"]
        for print in printed + [dumped, "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!print.contains(text))
            #expect(print.contains(word))
        }
    }
}
