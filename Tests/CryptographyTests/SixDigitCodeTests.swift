import Cryptography
import Testing

@Suite struct SixDigitCodeTests {
    @Test(arguments: [
        "287082", " 287082\r\n", "287 082", "287\u{A0}082", "287\u{202F}082", "28-70-82", "287–082",
        "287\u{2212}082", "2 8 7 0 8 2", "\u{200B}287082\u{FEFF}", "287\u{2060}082",
        "\u{2067}287082\u{2069}", "287\u{3000}082", "２８７０８２", "２８７－０８２", "٢٨٧٠٨٢", "۲۸۷۰۸۲",
        "२८७०८२", "২৮৭০৮২", "𝟐𝟖𝟕𝟎𝟖𝟐",
    ])
    func `is read however it is typed`(typed: String) throws {
        #expect(SixDigitCode(typed: typed) == SixDigitCode(typed: "287082"))
        #expect(SixDigitCode(typed: typed) != nil)
    }

    @Test(arguments: [
        "", " ", "-", "28708", "2870820", "28708x", "28708O", "28708l", "null", "[]", "[287082]",
        "287082,287083", "287082;", "0x2870", "+287082", "287.082", "2870.82", "287_082",
        "28708½", "28708²", "28708Ⅷ", "28708八", "28708〇", "28708①", "28708\0", "287082\0",
        "28708\u{308}2", "2\u{FE0F}\u{20E3}87082", "28708é", "$(id)82", "' or 1=",
        String(repeating: "0", count: 100_000), String(repeating: "2 ", count: 100_000),
    ])
    func `A33: refuses what is not six digits`(typed: String) {
        #expect(SixDigitCode(typed: typed) == nil)
    }

    @Test func `A33: 000000 is a code like any other`() throws {
        let zeros = try #require(SixDigitCode(typed: "000000"))
        #expect(zeros != (try #require(SixDigitCode(typed: "000001"))))
        #expect(zeros == (try #require(SixDigitCode(typed: "٠٠٠ ٠٠٠"))))
    }

    @Test func `differs in every digit`() throws {
        let code = try #require(SixDigitCode(typed: "287082"))
        for other in ["387082", "297082", "288082", "287182", "287092", "287083"] {
            #expect(try #require(SixDigitCode(typed: other)) != code)
        }
    }
}
