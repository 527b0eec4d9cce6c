import Hypertext

/// A notice as others show it.
struct Notice {
    let page: StaticPage
    let day: Day
    let title: String

    /// What a list of notices shows of it.
    var record: [String: String] {
        [
            "title": title, "path": page.url, "date": day.text,
            "description": page.template.frontMatter.scalars["description"]?.text ?? "",
        ]
    }
}

extension Site {
    /// The notices in a language, newest first.
    func notices(in language: String) -> [Notice] {
        pages.filter { $0.isNotice && $0.language == language }
            .compactMap { page in
                page.day.map { Notice(page: page, day: $0, title: title(of: page)) }
            }
            .sorted { ($1.day, $0.page.url) < ($0.day, $1.page.url) }
    }

    /// The title of a page in words.
    func title(of page: StaticPage) -> String {
        guard let title = page.template.frontMatter.scalars["title"]?.text else {
            return page.template.name
        }
        let catalog = catalogs.first { $0.language == page.language }
        guard TextCatalog.isKey(title), let text = catalog?[title] else { return title }
        return text.parts.map { part in
            switch part {
            case .words(let words): words
            case .value(let name) where name.hasPrefix("site."):
                facts[String(name.dropFirst("site.".count))]?.text ?? ""
            default: ""
            }
        }.joined()
    }
}

/// The notices as a feed to which people can subscribe (RFC 4287).
struct Feed {
    static let output = "notices/feed.atom"

    let site: Site
    let address: String
    let notices: [Notice]

    /// Writes the feed.
    ///
    /// - Parameter content: The HTML of each notice, by its page's address.
    /// - Returns: The feed's XML.
    func text(content: [String: [UInt8]]) -> String {
        let name = element("name", site.facts["name"]?.text ?? address)
        let newest = notices.map(updated).max() ?? Day(number: 0)
        let page = site.path(of: "page:notices", language: site.language)
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(escaped(site.language))" \
            xml:base="\(escaped(address))/">
            <id>\(escaped(address))/\(Self.output)</id>
            \(element("title", site.facts["name"]?.text ?? address))
            <link rel="self" type="application/atom+xml" href="/\(Self.output)"/>
            <link rel="alternate" type="text/html" href="\(escaped(page ?? "/"))"/>
            \(element("updated", time(newest)))
            <author>\(name)</author>

            """ + notices.map { entry($0, content[$0.page.url] ?? []) }.joined() + "</feed>\n"
    }

    private func entry(_ notice: Notice, _ content: [UInt8]) -> String {
        let url = escaped(address + notice.page.url)
        let description = notice.page.template.frontMatter.scalars["description"]?.text
        let summary = description.map { element("summary", $0) + "\n" } ?? ""
        return """
            <entry>
            <id>\(url)</id>
            \(element("title", notice.title))
            <link rel="alternate" type="text/html" href="\(url)"/>
            \(element("published", time(notice.day)))
            \(element("updated", time(updated(notice))))
            \(summary)<content type="html">\(escaped(String(decoding: content, as: UTF8.self)))</content>
            </entry>

            """
    }

    /// The day of a notice's last change, which its front matter may name.
    private func updated(_ notice: Notice) -> Day {
        notice.page.template.frontMatter.scalars["updated"].flatMap { Day($0.text) } ?? notice.day
    }

    private func time(_ day: Day) -> String { day.text + "T00:00:00Z" }

    private func element(_ name: String, _ text: String) -> String {
        "<\(name)>\(escaped(text))</\(name)>"
    }

    // What is harmless in HTML is harmless in XML, where control characters have no place at all.
    private func escaped(_ text: String) -> String {
        Escaper.html.escape(String(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" }))
    }
}
