import Hypertext

/// What search engines are told.
struct Sitemap {
    static let output = "sitemap.xml"
    static let robotsOutput = "robots.txt"

    let site: Site
    let address: String?

    /// The pages and their translations, as of sitemaps.org; a site without an address has none.
    var text: String? {
        guard let address else { return nil }
        var text = """
            <?xml version="1.0" encoding="utf-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
            xmlns:xhtml="http://www.w3.org/1999/xhtml">

            """
        for page in site.pages where page.isListed {
            text += "<url><loc>\(Escaper.html.escape(address + page.url))</loc>"
            if let day = page.day {
                text += "<lastmod>\(day.text)</lastmod>"
            }
            let paths = site.pagePaths[page.template.name] ?? [:]
            if paths.count > 1 {
                for (language, path) in paths.sorted(by: { $0.key < $1.key }) {
                    text += """
                        <xhtml:link rel="alternate" hreflang="\(language)" \
                        href="\(Escaper.html.escape(address + path))"/>
                        """
                }
            }
            text += "</url>\n"
        }
        return text + "</urlset>\n"
    }

    /// What robots leave alone: the program's pages, and those that say `unlisted: yes`.
    var robots: String {
        let unlisted = site.pages.filter { !$0.isListed && !$0.isStatus }.map(\.url)
        // `/score` itself, and everything below `/account/`.
        let routes = site.routes.values.map { route in
            let parts = route.split(separator: "/", omittingEmptySubsequences: false)
            return parts.prefix(2).joined(separator: "/") + (parts.count > 2 ? "/" : "")
        }
        let paths = Set(unlisted + routes).sorted()
        let map = address.map { "Sitemap: \($0)/\(Self.output)\n" } ?? ""
        return "User-agent: *\n" + paths.map { "Disallow: \($0)\n" }.joined()
            + (paths.isEmpty ? "Disallow:\n" : "") + map
    }
}
