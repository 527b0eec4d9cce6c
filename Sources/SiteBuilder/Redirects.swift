import Hypertext

/// Addresses at which pages once were, and where they are now.
struct Redirects {
    /// An address, and the page that says of itself that it was there.
    struct Redirect {
        let path: String
        let page: StaticPage
        let location: Location

        /// Where the page that leads on is written.
        var output: String {
            let name = path.dropFirst()
            let isFile = name.split(separator: "/").last?.contains(".") ?? false
            return isFile ? String(name) : name + (name.hasSuffix("/") ? "" : "/") + "index.html"
        }
    }

    let redirects: [Redirect]

    /// Reads `redirect-from:` of every page.
    init(of site: Site, _ problems: Problems) {
        // A file that is a page in every language was once one in the site's own.
        let own = site.pages.filter { $0.language == site.language }
        let ownFiles = Set(own.map { ObjectIdentifier($0.template.file) })
        redirects = site.pages.flatMap { (page) -> [Redirect] in
            guard
                page.language == site.language
                    || !ownFiles.contains(ObjectIdentifier(page.template.file))
            else { return [] }
            let front = page.template.frontMatter
            let single = front.scalars["redirect-from"].map { [$0] }
            let given = front.lists["redirect-from"] ?? single ?? []
            return given.compactMap { (from) -> Redirect? in
                guard Self.isPath(from.text) else {
                    problems.report(
                        "an address from the root, as /old-name/, of letters, digits, and -._~",
                        at: from.location)
                    return nil
                }
                return Redirect(path: from.text, page: page, location: from.location)
            }
        }.sorted { $0.path < $1.path }
    }

    private static func isPath(_ text: String) -> Bool {
        text.count > 1 && text.hasPrefix("/") && !text.contains("//")
            && !text.split(separator: "/").contains { $0.hasPrefix(".") }
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20)
                    || "-._~/".utf8.contains($0)
            }
    }

    /// The page that leads on where the server does not.
    static func html(to page: StaticPage, titled title: String, address: String?) -> String {
        let path = Escaper.html.escape(page.url)
        let title = Escaper.html.escape(title)
        return """
            <!doctype html>
            <html lang="\(page.language)">
            <meta charset="utf-8">
            <title>\(title)</title>
            <meta name="robots" content="noindex">
            <meta http-equiv="refresh" content="0; url=\(path)">
            <link rel="canonical" href="\(Escaper.html.escape(address ?? ""))\(path)">
            <p><a href="\(path)">\(title)</a></p>
            </html>

            """
    }

    /// The redirects for nginx.
    var nginx: String {
        """
        # Written by `postern build`, for the server block: include PUBLIC/.server/nginx.conf;

        """
            + redirects.map { "location = \($0.path) { return 301 \($0.page.url); }\n" }.joined()
    }

    /// The redirects for Apache.
    var apache: String {
        """
        # Written by `postern build`, for the virtual host: Include PUBLIC/.server/apache.conf

        """
            + redirects.map {
                let pattern = $0.path.replacing(".", with: "\\.")
                return "RedirectMatch 301 \"^\(pattern)$\" \"\($0.page.url)\"\n"
            }.joined()
    }
}
