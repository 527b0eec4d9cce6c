import HTTP
import Testing

@Suite struct PreferencesTests {
    // The first are examples of RFC 9110 §12.5.4 and §12.5.1.
    static let fields: [(String, [String])] = [
        ("da, en-gb;q=0.8, en;q=0.7", ["da", "en-gb", "en"]),
        (
            "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5",
            ["text/plain", "text/plain", "*/*", "text/plain", "text/*"]
        ),
        ("", []), ("de", ["de"]), ("de-CH, fr;q=0.8, en;q=0.9", ["de-ch", "en", "fr"]),
        ("en;q=0, FR", ["fr"]), ("a; q=0.5 ,b;level=1;q=0.7", ["b", "a"]), ("a;q=x,b", ["b"]),
        ("a;q=0.001,b;q=0.002,c;q=0.0,d;q=1.000", ["d", "b", "a"]),
        // No weights: too great, too long, in another notation, negative.
        ("a;q=1.001,b;q=0.0001,c;q=1e0,d;q=.5,e;q=-1,f;q=nan,g;q=,h;q=2", []),
        (", ,;q=1,;,a", ["a"]),
    ]

    @Test(arguments: fields)
    func `takes first what a client wants most`(field: String, values: [String]) {
        #expect(Preferences(field).values == values)
    }

    @Test func `bounds what a client can make it read`() {
        let many = (0..<200).map { "a\($0)" }.joined(separator: ",")
        #expect(Preferences(many).values.count == 32)
        #expect(Preferences(String(repeating: "de,", count: 10_000)).values.isEmpty)
        let deep = "de" + String(repeating: "-a", count: 480)
        #expect(Preferences(deep).language(among: ["de"]) == nil)
    }

    static let site = ["en", "de", "pt-BR", "zh-Hant", "zh"]

    @Test(arguments: [
        ("de", "de"), ("de-AT", "de"), ("DE-at-1996", "de"), ("pt-br", "pt-BR"), ("pt", nil),
        // The range that RFC 4647 §3.4 looks up step by step.
        ("zh-Hant-CN-x-private1-private2", "zh-Hant"), ("zh-Hans-x-a", "zh"),
        ("fr, de;q=0.5", "de"), ("fr-CA, fr", nil), ("en;q=0.1, de;q=0.2", "de"), ("d", nil),
        // Any language: that is no preference, and what comes behind it counts (RFC 4647 §3.4).
        ("*", nil), ("*, de;q=0.5", "de"), ("de;q=0, *", nil), ("-", nil), ("-de", nil),
        ("de-", "de"), ("", nil), ("\u{212A}o, de\u{301}", nil),
    ])
    func `finds the language that suits best`(field: String, language: String?) {
        #expect(Preferences(field).language(among: Self.site) == language)
    }
}
