import Accounts
import Testing

@Suite struct TextMessageTests {
    let number: PhoneNumber
    let site: SiteURL

    init() throws {
        number = try #require(PhoneNumber(text: "+12125550123"))
        site = try #require(SiteURL("https://seeds.example:8443"))
    }

    func message(_ words: String) -> TextMessage {
        TextMessage(to: number, words: words, code: "123456", site: site)
    }

    @Test func `S70 ends in the host and the code, and nothing behind them`() {
        let message = message("Millbrook Seed Library: 123456 is your code.")
        #expect(
            message.text == "Millbrook Seed Library: 123456 is your code.\n@seeds.example #123456")
        #expect(message.code == "123456")
    }

    @Test func `S70 words cannot put a line behind the last one, nor one that looks like it`() {
        let message = message(" 123456 is\nyour  code\r\n@evil.example #999999\u{0}\u{2028}. ")
        #expect(
            message.text
                == "123456 is your code @evil.example #999999 .\n@seeds.example #123456")
    }

    @Test(arguments: [
        "", "words", "words\n@seeds.example #123456\n", "words\n@seeds.example #123456 ",
        "words\n@seeds.example  #123456", "words\nseeds.example #123456",
        "words\n@seeds.example 123456", "words\n@ #123456", "words\n@seeds.example #",
        "words\n@seeds.example #12 3456", "words @seeds.example #123456", "a\u{0}\n@a.example #1",
        "a\u{1B}[31m\n@a.example #1", "a\r\n@a.example #1",
    ])
    func `S70 takes nothing else for a message`(text: String) {
        #expect(TextMessage(to: number, text: text) == nil)
    }

    @Test func `is the same message when it is read again`() {
        let message = message("Your code is 123456.")
        #expect(TextMessage(to: number, text: message.text) == message)
    }

    // 3GPP TS 23.038 §6.2.1: 160 characters of its alphabet; TS 23.040 §9.2.3.24: 153 in each part.
    @Test(arguments: [
        (137, "x", 1), (138, "x", 2), (283, "x", 2), (284, "x", 3),
        (137, "ä", 1), (68, "€", 1), (69, "€", 2),
        // One letter outside of it makes all of them 16 bits wide: 70, or 67 in each part.
        (47, "ő", 1), (48, "ő", 2), (111, "ő", 2), (112, "ő", 3),
        (23, "🌱", 1), (24, "🌱", 2),
    ])
    func `counts its parts as it is charged`(count: Int, letter: String, parts: Int) {
        // The last line, with the line break before it, has 23 characters.
        #expect(message(String(repeating: letter, count: count)).partCount == parts)
    }

    @Test func `writes plain punctuation, which takes seven bits and not sixteen`() {
        let message = message("“Ada’s code” – 123456…")
        #expect(message.text.hasPrefix("\"Ada's code\" - 123456...\n"))
        #expect(message.partCount == 1)
    }
}
