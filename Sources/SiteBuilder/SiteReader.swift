import Hypertext

/// Reads the site's directory.
struct SiteReader {
    let root: String
    private let cache: SourceCache
    private let date: Day
    let problems: Problems
    private(set) var site: Site
    private var pages: [Template] = []

    /// What a build is told of a site from outside of its directory.
    struct Premises {
        let routes: [String: String]
        let date: Day
        let showsDrafts: Bool
    }

    /// Reads everything below `root`.
    ///
    /// - Throws: `SiteError` if there is no site, or a file cannot be read.
    static func read(
        _ root: String, _ premises: Premises, cache: SourceCache, _ problems: Problems
    ) throws(SiteError) -> Site {
        guard let entries = FileTree.files(below: root),
            entries.contains(where: { $0.path == "site.yml" })
        else { throw .noSite(path: root) }
        var reader = SiteReader(root: root, premises, cache: cache, problems)
        try reader.read(entries, below: root)
        try reader.readTheme(beside: entries)
        reader.finish(premises)
        return reader.site
    }

    /// Reads a site of files that are at hand.
    static func site(
        of files: [String: [UInt8]], _ premises: Premises, _ problems: Problems
    ) -> Site {
        var reader = SiteReader(root: "site", premises, cache: SourceCache(), problems)
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) where isRead(path) {
            reader.read(SourceFile(path: "site/" + path, bytes: bytes), at: path)
        }
        reader.finish(premises)
        return reader.site
    }

    private init(
        root: String, _ premises: Premises, cache: SourceCache, _ problems: Problems
    ) {
        self.root = root
        self.cache = cache
        self.problems = problems
        date = premises.date
        site = Site(routes: premises.routes)
    }

    mutating func read(
        _ entries: some Sequence<FileTree.Entry>, below root: String
    ) throws(SiteError) {
        for entry in entries where Self.isRead(entry.path) {
            read(try file(of: entry, below: root), at: entry.path)
        }
    }

    private func file(
        of entry: FileTree.Entry, below root: String
    ) throws(SiteError) -> SourceFile {
        let path = root + "/" + entry.path
        guard let file = cache.file(at: path, entry.stamp) else { throw .unreadable(path: path) }
        return file
    }

    private mutating func finish(_ premises: Premises) {
        checkLanguages()
        checkAddress()
        arrangePages(showsDrafts: premises.showsDrafts)
    }

    /// Tells whether a file is the author's: editors leave files of their own beside those they
    /// edit.
    private static func isRead(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return path.hasPrefix("static/") || (!name.hasPrefix(".") && !name.hasSuffix("~"))
    }

    private mutating func read(_ file: SourceFile, at path: String) {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        switch (parts[0], parts.count) {
        case ("static", 2):
            site.statics[parts[1]] = file.bytes
        case ("assets", 2):
            site.assets[parts[1]] = Self.asset(parts[1], file)
        default:
            readText(path, parts, file)
        }
    }

    private mutating func readText(_ path: String, _ parts: [String], _ file: SourceFile) {
        if let bad = file.firstInvalidByte {
            problems.report("not UTF-8", at: file.location(bad))
            return
        }
        let suffix = "." + (path.split(separator: ".").last.map(String.init) ?? "")
        let inside = String(parts[parts.count - 1].dropLast(suffix.count))
        func template(_ role: Template.Role) -> Template {
            cache.template(of: file, problems) {
                Template(name: inside, role: role, file: file, problems)
            }
        }
        switch (parts[0], suffix) {
        case (_, ".md") where parts.count == 1:
            // A directory of documentation needs no other one for its pages.
            pages.append(template(.page))
        case ("site.yml", _):
            site.premises.append(file)
            readFacts(file)
        case ("security.yml", _):
            site.securityText = SecurityText(file, on: date, problems)
        case ("honour.yml", _):
            site.premises.append(file)
            readHonour(file)
        case ("texts", ".yml"):
            site.premises.append(file)
            site.catalogs.add(TextCatalog(language: inside, file: file, problems))
        case ("layouts", ".html"), ("layouts", ".txt"):
            site.layouts[inside + suffix] = template(.part)
        case ("components", ".html"), ("components", ".txt"):
            site.components[inside + suffix] = template(.part)
        case ("forms", ".html"):
            site.forms.append(template(.form))
        case ("mails", ".html"), ("mails", ".txt"), ("phrases", ".txt"):
            site.mails[inside + suffix] = template(.mail)
        case ("pages", ".html"), ("pages", ".md"):
            pages.append(template(.page))
        default:
            problems.report(
                "nothing is done with such a file; site/ holds site.yml, security.yml, "
                    + "honour.yml, texts/*.yml, layouts, components and forms of .html, pages of "
                    + ".html and .md (.md may stand beside site.yml, too), mails of .html and .txt, "
                    + "phrases of .txt, assets and static",
                at: file.location(0))
        }
    }

    private mutating func readFacts(_ file: SourceFile) {
        let reader = YAMLReader(file: file, problems: problems)
        for (key, section) in reader.sections(in: 0..<file.bytes.count) {
            switch section {
            case .scalar(let value):
                site.facts[key] = value
            case .mapping(let values):
                for (inner, value) in values {
                    site.facts[key + "." + inner] = value
                }
            case .list(let values) where key == "contrast":
                site.contrast = values
            case .list(let values):
                problems.report(
                    "\"\(key)\" is not a single value",
                    at: values.first?.location ?? file.location(0))
            }
        }
    }

    /// Reads which colours meet on the pages of a theme, from its `site.yml`.
    mutating func readContrast(
        ofTheme facts: FileTree.Entry, below root: String
    ) throws(SiteError) {
        let file = try file(of: facts, below: root)
        let reader = YAMLReader(file: file, problems: problems)
        for case ("contrast", .list(let pairs)) in reader.sections(in: 0..<file.bytes.count) {
            site.themeContrast = pairs
        }
    }

    private mutating func readHonour(_ file: SourceFile) {
        let reader = YAMLReader(file: file, problems: problems)
        site.honour = reader.records().map { pairs in
            // What a row may say can be asked for on the page even if this one does not say it.
            var record = ["name": "", "date": "", "what": "", "link": ""]
            for (key, value) in pairs {
                if record[key] == nil {
                    problems.report(
                        "\"\(key)\" is nothing that honour.yml says; it says name, date, what, link"
                            + suggestion(for: key, among: record.keys), at: value.location)
                } else {
                    record[key] = value.text
                }
            }
            return record
        }
    }

    private mutating func arrangePages(showsDrafts: Bool) {
        var arranger = PageArranger(
            languages: site.catalogs.map(\.language), showsDrafts: showsDrafts, problems)
        pages.forEach { arranger.add($0) }
        site.pages = arranger.pages()
        site.premises += site.pages.filter(\.template.isStyleguide).map(\.template.file)
        for page in site.pages {
            site.pagePaths[page.template.name, default: [:]][page.language] = page.url
        }
    }

    // The name changes whenever the contents do, which is all that a cache needs; nobody gains by
    // finding two files with one hash. So 32 bits of a stable hash are enough here.
    private static func asset(_ path: String, _ source: SourceFile) -> Asset {
        let bytes = path.hasSuffix(".css") ? StyleSheet.minified(source.bytes) : source.bytes
        var hash = StableHash()
        hash.combine(bytes)
        let digits = String(hash.value, radix: 16)
        let print = (String(repeating: "0", count: 16 - digits.count) + digits).prefix(8)
        let file = path.split(separator: "/").last ?? ""
        let stemCount = file.lastIndex(of: ".").map { file[..<$0].count } ?? file.count
        let stem = path.dropLast(file.count - stemCount)
        let name = "assets/\(stem)-\(print)\(file.dropFirst(stemCount))"
        return Asset(url: "/" + name, output: name, bytes: bytes, source: source)
    }

    /// Puts the site's own language first.
    private mutating func checkLanguages() {
        guard let language = site.facts["language"] else {
            let file = SourceFile(path: root + "/site.yml", bytes: [])
            problems.report("the site does not say its `language:`", at: file.location(0))
            return
        }
        guard site.catalogs.contains(where: { $0.language == language.text }) else {
            problems.report(
                "there is no texts/\(language.text).yml", at: language.location)
            return
        }
        for catalog in site.catalogs {
            if site.catalogs.count > 1, catalog.name == nil {
                problems.report(
                    "texts/\(catalog.language).yml does not say what the language calls itself, in "
                        + "`language:` and below it `name:`", at: language.location)
            }
            if catalog.direction == nil, let text = catalog[TextCatalog.directionKey] {
                problems.report("a language is written ltr or rtl", at: text.location)
            }
        }
        site.catalogs.sort {
            ($0.language != language.text ? 1 : 0, $0.language)
                < ($1.language != language.text ? 1 : 0, $1.language)
        }
    }

    /// Sees that the site's address is one to which a path can be added.
    private func checkAddress() {
        guard let address = site.facts["url"] else { return }
        let host = address.text.split(separator: "//", maxSplits: 1).last ?? ""
        let isAddress =
            ["https://", "http://"].contains(where: address.text.hasPrefix)
            && !host.isEmpty && !host.dropLast().contains("/")
            && !host.contains(where: { "?#\\".contains($0) || $0.isWhitespace })
        if !isAddress {
            problems.report(
                "the site's address is a scheme and a host, as https://example.org",
                at: address.location)
        }
    }
}
