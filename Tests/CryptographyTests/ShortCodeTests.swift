import Cryptography
import Testing

@Suite struct ShortCodeTests {
    // Groups of five bits, drawn by hand: 00443214C7 is 00000 00001 00010 … 00111.
    @Test(arguments: [
        ("0000000000", "0000-0000"), ("ffffffffff", "ZZZZ-ZZZZ"), ("00443214c7", "0123-4567"),
        ("f800000000", "Z000-0000"), ("000000001f", "0000-000Z"), ("0000ff0000", "000F-Y000"),
    ])
    func `is shown as two groups of four`(hex: String, shown: String) throws {
        let code = ShortCode(randomBytes: try bytes(hex))
        #expect(code.displayed == shown)
        #expect(ShortCode(typed: shown) == code)
    }

    @Test(arguments: [
        "7KX2-91MQ", "7kx291mq", " 7KX2 91MQ ", "7kx2–91mq", "7KX2\u{2212}91MQ", "7KX2\u{A0}91MQ",
        "7-K-X-2-9-1-M-Q", "７ＫＸ２－９１ＭＱ", "７ｋｘ２\u{3000}９１ｍｑ", "7KX2\u{AD}91MQ",
        "\u{200B}7KX291MQ\u{FEFF}",
        "7KX2-9IMQ", "7KX2-9iMQ", "7KX2-9LMQ", "7KX2-9lMQ", "７ＫＸ２－９ｌＭＱ", "7KX2-91MQ\r\n",
    ])
    func `is read however it is typed`(typed: String) throws {
        #expect(try #require(ShortCode(typed: typed)).displayed == "7KX2-91MQ")
    }

    @Test func `takes the letter O for the digit 0`() {
        #expect(ShortCode(typed: "oOｏＯ-0000")?.displayed == "0000-0000")
    }

    @Test(arguments: [
        "", "-", "0000-0000-0", "7KX2-91M", "7KX2-91MQ7", "7KX2-91MU", "7KX2-91M.", "7KX2-91Mé",
        "7KX2-91M\u{301}Q",
        "7KX2-91MΟ", "7KX2_91MQ", "7KX2-91M\0Q", "٧KX2-91MQ",
    ])
    func `refuses what is not eight characters of the alphabet`(typed: String) {
        #expect(ShortCode(typed: typed) == nil)
    }

    @Test func `differs in every character`() throws {
        let code = try #require(ShortCode(typed: "7KX2-91MQ"))
        for other in ["0KX2-91MQ", "7KX3-91MQ", "7KX2-01MQ", "7KX2-91MR"] {
            #expect(try #require(ShortCode(typed: other)) != code)
        }
    }
}
