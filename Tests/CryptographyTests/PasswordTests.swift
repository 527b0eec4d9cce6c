import Cryptography
import Testing

@Suite struct PasswordTests {
    @Test func `counts code points after composition (S1, S3)`() throws {
        #expect(try Password("abc").characterCount == 3)
        #expect(try Password("e\u{301}").characterCount == 1)
        #expect(try Password(String(repeating: "😀", count: 15)).characterCount == 15)
        #expect(try Password("👩\u{200D}💻").characterCount == 3)
        #expect(try Password("").characterCount == 0)
    }

    @Test func `is not trimmed, and keeps what only compatibility would change (S3)`() throws {
        #expect(try Array(Password(" a ").plainText.utf8) == Array(" a ".utf8))
        #expect(try Array(Password("ﬁＡ½").plainText.utf8) == Array("ﬁＡ½".utf8))
    }

    @Test func `takes 1024 bytes, and not 1025 (S2, A24)`() throws {
        #expect(try Password(String(repeating: "x", count: 1024)).characterCount == 1024)
        #expect(try Password(String(repeating: "é", count: 512)).characterCount == 512)
        #expect(throws: PasswordError.tooLong) { try Password(String(repeating: "x", count: 1025)) }
        #expect(throws: PasswordError.tooLong) {
            try Password(String(repeating: "é", count: 512) + "x")
        }
        #expect(throws: PasswordError.tooLong) {
            try Password(String(repeating: "x", count: 1 << 20))
        }
    }

    @Test func `counts the bytes of the composed form, so that typing does not matter (S3)`() throws
    {
        let longest = String(repeating: "\u{1FBE}\u{308}\u{341}", count: 512)
        #expect(longest.utf8.count == 3584)
        #expect(try Password(longest).plainText.utf8.count == 1024)
        #expect(throws: PasswordError.tooLong) { try Password(longest + "x") }
    }

    @Test func `refuses a NUL`() {
        #expect(throws: PasswordError.containsNUL) { try Password("a\0b") }
    }
}
