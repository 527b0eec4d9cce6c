/// Names a browser in words that a person knows: `Firefox on Linux`.
///
/// The words are ours, so nothing that a client wrote about itself is kept or shown (A49). They are
/// what is kept; `BrowserPhrase` says the same in the language of a page.
enum BrowserName {
    // The first that fits counts: most browsers claim to be others as well.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("Lynx/", "Lynx"), ("w3m/", "w3m"), ("curl/", "curl"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"),
        ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"), ("BSD", "BSD"),
    ]

    private static let unknown = "an unknown browser"
    private static let some = "a browser"

    /// Reads the `User-Agent` field.
    static func of(_ userAgent: String) -> String {
        func name(_ marks: [(mark: String, name: String)]) -> String? {
            marks.first { userAgent.contains($0.mark) }?.name
        }
        switch (name(browsers), name(systems)) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let browser?, nil): return browser
        case (nil, let system?): return "\(some) on \(system)"
        case (nil, nil): return unknown
        }
    }

    /// Takes words of `of` apart, as they are kept; what is not known is empty.
    static func parts(of words: String) -> (browser: String, system: String) {
        guard words != unknown else { return ("", "") }
        guard let on = words.firstRange(of: " on ") else { return (words, "") }
        let browser = words[..<on.lowerBound]
        return (browser == some ? "" : String(browser), String(words[on.upperBound...]))
    }
}
