private import Hypertext

/// The page on which every preview is listed.
struct PreviewIndex {
    let previews: PreviewPages
    /// The paths of the static pages.
    let pages: [String]
    /// The paths of the style sheets, as the list should look like a page of the site.
    let styleSheets: [String]

    static let path = PreviewPages.Address.root

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Preview</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        \(styleSheets.map { "<link rel=\"stylesheet\" href=\"\($0)\">\n" }.joined())\
        </head>
        <body>
        <main class="sheet">
        <h1>Preview</h1>
        <p>Everything that a person can come to see, with made-up names. Forms lead nowhere. The site \
        is built again when a file changes; reload to see it.</p>
        \(section("Pages", pages.map { link($0, $0) }))\
        \(sections)\
        </main>
        </body>
        </html>

        """
    }

    private var sections: String {
        PreviewPages.Kind.allCases.map { kind in
            let subjects = previews.subjects.filter { $0.kind == kind }
            guard !subjects.isEmpty else { return "" }
            return "<h2>\(kind.title)</h2>\n" + subjects.map(list).joined()
        }.joined()
    }

    /// The states of one subject, a row for each language.
    private func list(_ subject: PreviewPages.Subject) -> String {
        let rows = previews.languages.compactMap { language -> String? in
            let addresses = previews.addresses(of: subject, in: language)
            guard !addresses.isEmpty else { return nil }
            let links = addresses.map { address in
                link(address.path, address.state + (address.part == .text ? " (text)" : ""))
            }
            return """
                <div>
                <dt>\(escaped(language))</dt>
                <dd>\(links.joined(separator: " · "))</dd>
                </div>

                """
        }
        return """
            <h3 id="\(escaped(subject.name))">\(escaped(subject.name))</h3>
            <dl class="rows">
            \(rows.joined())\
            </dl>

            """
    }

    private func section(_ title: String, _ links: [String]) -> String {
        """
        <h2>\(title)</h2>
        <p>\(links.joined(separator: " · "))</p>

        """
    }

    private func link(_ path: String, _ words: String) -> String {
        "<a href=\"\(Escaper.url.escape(path))\">\(escaped(words))</a>"
    }

    private func escaped(_ text: String) -> String { Escaper.html.escape(text) }
}

extension PreviewPages.Kind {
    fileprivate var title: String {
        switch self {
        case .form: "Forms"
        case .mail: "Mails"
        case .message: "Messages and files"
        }
    }
}
