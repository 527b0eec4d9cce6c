import Accounts
import Cryptography
import Testing
import Zxcvbn

@Suite struct PasswordPolicyTests {
    let policy = PasswordPolicy(
        shortest: 8, siteName: "Millbrook Seed Library",
        address: EmailAddress("rowan.ash@example.org"), name: PersonName("Rowan Ash") ?? .none,
        at: Timestamp(seconds: 1_795_262_400))

    // S5, D8: 0 and 1 are refused by the real scorer, also what is made of the site and the person.
    @Test(arguments: [
        "password1", "12345678", "qwertyuiop", "aaaaaaaaaaaa", "millbrook", "Millbrook1",
        "rowan.ash", "rowanash", "example.org", "rowan.ash@example.org", "seedlibrary",
    ])
    func `refuses what is guessed first`(typed: String) {
        guard case .guessable(let estimate) = policy.judge(typed) else {
            Issue.record("\(typed) was not called guessable")
            return
        }
        #expect(estimate.score.rawValue < 2)
    }

    // S4: no kinds of characters are asked for.
    @Test(arguments: ["marrow lantern quilt", "ertghjcvbn tulip", "🌱🥕🌻🐝🌾🍂🌿🪴 a1", "日本語のパスワードです"])
    func `accepts what is hard to guess`(typed: String) {
        guard case .accepted(let password, _) = policy.judge(typed) else {
            Issue.record("\(typed) was refused")
            return
        }
        #expect(password.plainText == typed)
    }

    // S1, S3: code points are counted.
    @Test func `counts code points`() {
        guard case .tooShort = policy.judge("k7$Qz!v"), case .tooShort = policy.judge("🌱🥕🌻🐝🌾🍂🌿")
        else {
            Issue.record("seven code points were enough")
            return
        }
    }

    // S2, A24.
    @Test func `takes 1,024 bytes and no more`() {
        let long = String(repeating: "marrow quilt ", count: 100)
        guard case .accepted = policy.judge(String(long.prefix(1024))) else {
            Issue.record("1,024 bytes were refused")
            return
        }
        guard case .tooLong = policy.judge(String(long.prefix(1025))) else {
            Issue.record("1,025 bytes were not refused")
            return
        }
    }

    @Test func `misses a password that is not there`() {
        guard case .missing = policy.judge("") else {
            Issue.record("nothing was taken for a password")
            return
        }
    }
}
