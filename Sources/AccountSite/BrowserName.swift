/// Names a browser in words that a person knows: `Firefox on Linux`.
///
/// The words are ours, so nothing that a client wrote about itself is kept or shown (A49).
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

    /// Reads the `User-Agent` field.
    static func of(_ userAgent: String) -> String {
        func name(_ marks: [(mark: String, name: String)]) -> String? {
            marks.first { userAgent.contains($0.mark) }?.name
        }
        switch (name(browsers), name(systems)) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let browser?, nil): return browser
        case (nil, let system?): return "a browser on \(system)"
        case (nil, nil): return "an unknown browser"
        }
    }
}
