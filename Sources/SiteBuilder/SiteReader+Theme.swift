// The theme: another directory, whose files count where the site has none of that name.

extension SiteReader {
    /// Reads what the site lacks.
    ///
    /// The facts of a theme are its own, so nothing counts that lies beside its `site.yml`, and of that
    /// only which colours meet: they do so on the theme's pages whoever gives the colours. Of its
    /// texts those count that the site does not say itself, in the languages that the site has.
    mutating func readTheme(beside own: [FileTree.Entry]) throws(SiteError) {
        guard let theme = site.facts["theme"] else { return }
        let directory = Self.directory(of: theme.text, from: root)
        guard let entries = FileTree.files(below: directory) else {
            problems.report("there is no directory \"\(directory)\"", at: theme.location)
            return
        }
        let names = Set(own.map { Self.name(of: $0.path) })
        let hasTexts = names.contains { $0.hasPrefix(Self.texts) }
        try read(
            entries.filter {
                let name = Self.name(of: $0.path)
                return name.contains("/")
                    && names.contains(name) == (name.hasPrefix(Self.texts) && hasTexts)
            }, below: directory)
        for entry in entries where entry.path == "site.yml" {
            try readContrast(ofTheme: entry, below: directory)
        }
    }

    /// The directory of a site's theme, if it has one.
    static func themeDirectory(of root: String) -> String? {
        guard let bytes = FileTree.contents(of: root + "/site.yml", size: 0) else { return nil }
        let file = SourceFile(path: root + "/site.yml", bytes: bytes)
        for case ("theme", .scalar(let theme)) in YAMLReader(file: file, problems: Problems())
            .sections(in: 0..<bytes.count)
        {
            return directory(of: theme.text, from: root)
        }
        return nil
    }

    /// The directory that a site calls its theme, which counts from that of the site.
    private static func directory(of theme: String, from root: String) -> String {
        theme.hasPrefix("/") ? theme : root + "/" + theme
    }

    private static let texts = "texts/"

    /// The name by which a file takes the place of another: of a page, that by which it is linked.
    private static func name(of path: String) -> String {
        let pages = "pages/"
        guard path.hasPrefix(pages), let dot = path.lastIndex(of: ".") else { return path }
        return pages + PageArranger.split(String(path[..<dot].dropFirst(pages.count))).name
    }
}
