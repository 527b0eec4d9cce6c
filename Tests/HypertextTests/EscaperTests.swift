import Hypertext
import Testing

@Suite struct EscaperTests {
    @Test func `the hash is the published one`() {
        // RFC 9923, test vectors of FNV-1a with 64 bits: "", "a", "foobar".
        for (text, expected) in [
            ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8 as UInt64),
        ] {
            var hash = StableHash()
            hash.combine(text.utf8)
            #expect(hash.value == expected)
        }
    }

    @Test(arguments: [
        (
            "Tom & \"Jerry\" <tj@example.org> isn't",
            "Tom &amp; &quot;Jerry&quot; &lt;tj@example.org&gt; isn&#39;t"
        ),
        // A quotation mark that is one character with what follows still ends an attribute.
        ("\"\u{301}", "&quot;\u{301}"), ("'\u{20dd}", "&#39;\u{20dd}"), ("<\u{338}", "&lt;\u{338}"),
        ("\"\u{200d}", "&quot;\u{200d}"), ("\u{200d}\"", "\u{200d}&quot;"),
        ("&\u{fe0f}", "&amp;\u{fe0f}"),
        ("a\0b", "a\u{fffd}b"), ("", ""), ("naïve 🌻", "naïve 🌻"),
    ])
    func `escapes for HTML`(text: String, expected: String) {
        #expect(Escaper.html.escape(text).utf8.elementsEqual(expected.utf8))
    }

    @Test(arguments: [
        ("/a?b=c&d='e'", "/a?b=c&amp;d=&#39;e&#39;"), ("/\\host", "/%5Chost"),
        ("/\t/host", "/%09/host"), ("/a b\"<>`{|}^", "/a%20b%22%3C%3E%60%7B%7C%7D%5E"),
        ("/straße", "/stra%C3%9Fe"), ("/a%20b[1]@~_-.!*();:+,$#f", "/a%20b[1]@~_-.!*();:+,$#f"),
        ("/\0\u{7f}", "/%00%7F"),
    ])
    func `escapes for a link`(text: String, expected: String) {
        #expect(Escaper.url.escape(text) == expected)
    }

    @Test(arguments: [
        ("a\r\nb", "a  b"), ("\u{85}\u{9f}\u{a0}", "  \u{a0}"),
        ("x\u{2028}y\u{2029}z\u{2027}", "x y z\u{2027}"),
        ("\0\u{1b}[31m\u{7f}", "  [31m "), ("<b> & 'c'", "<b> & 'c'"), ("Â é ", "Â é "),
    ])
    func `escapes for one line of plain text`(text: String, expected: String) {
        #expect(Escaper.line.escape(text).utf8.elementsEqual(expected.utf8))
    }

    @Test func `paragraphs keep their line breaks and no other control`() {
        #expect(Escaper.paragraphs.escape("a\nb\tc\r\nd\u{2028}") == "a\nb c \nd ")
        #expect(Escaper.plainURL.escape("https://h/?a=1&b='x'\n") == "https://h/?a=1&b='x'%0A")
    }

    /// The property, told scalar by scalar from bytes that may be anything.
    @Test func `html agrees with a plain replacement of scalars`() {
        let replacements: [Unicode.Scalar: String] = [
            "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "\0": "\u{fffd}",
        ]
        let pieces: [[UInt8]] = [
            [0x22], [0x27], [0x3c], [0x3e], [0x26], [0], [0xcc, 0x81], [0xe2, 0x80, 0x8d],
            [0xf0, 0x9f, 0x91, 0xa9], [0xff], [0xc0, 0xaf], [0xe2, 0x80], [0xed, 0xa0, 0x80],
            [0x61],
            [0x0d, 0x0a],
        ]
        var random = SplitMix64(state: 7)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
                pieces.randomElement(using: &random) ?? []
            }
            let text = String(decoding: bytes, as: UTF8.self)
            var expected = ""
            for scalar in text.unicodeScalars {
                expected += replacements[scalar] ?? String(scalar)
            }
            let escaped = Escaper.html.escape(text)
            #expect(escaped.utf8.elementsEqual(expected.utf8))
            #expect(!escaped.utf8.contains { [0, 0x22, 0x27, 0x3c, 0x3e].contains($0) })
        }
    }
}
