/// A static page in one language, and where it goes.
struct StaticPage {
    let template: Template
    let language: String
    /// The day that the page says it is of.
    let day: Day?
    /// Where it is served: `/privacy/`, `/de/privacy/`.
    let url: String

    /// Where it is written: `privacy/index.html`.
    var output: String { url.dropFirst() + (url.hasSuffix("/") ? "index.html" : "") }

    /// Answers that the server gives in place of a page: `404.html`.
    var isStatus: Bool { Self.isStatus(template.name) }

    /// Whether search engines hear of it.
    var isListed: Bool { !isStatus && !template.frontMatter.isSet("unlisted") }

    /// Whether it tells of something that people of the site should know.
    var isNotice: Bool { day != nil && template.name.hasPrefix("notices/") }

    fileprivate static func isStatus(_ name: String) -> Bool {
        let last = name.split(separator: "/").last ?? ""
        return last.utf8.count == 3 && last.allSatisfy(\.isNumber)
    }
}

/// Finds out in which languages pages stand, and where each goes.
struct PageArranger {
    private let languages: [String]
    private let showsDrafts: Bool
    private let problems: Problems

    /// A page's source by language.
    private var sources: [String: [String: Template]] = [:]
    /// The sources of pages whose words are texts, which all languages have.
    private var general: [String: Template] = [:]

    /// Arranges pages.
    ///
    /// - Parameters:
    ///   - languages: The languages of the site, its own first.
    ///   - showsDrafts: Whether pages that say `draft: yes` are among them.
    ///   - problems: Where mistakes are noted.
    init(languages: [String], showsDrafts: Bool, _ problems: Problems) {
        self.languages = languages
        self.showsDrafts = showsDrafts
        self.problems = problems
    }

    /// Takes a page in.
    mutating func add(_ template: Template) {
        let front = template.frontMatter
        for name in ["draft", "html", "unlisted"] {
            if let value = front.scalars[name], !["yes", "no"].contains(value.text) {
                problems.report("\"\(name)\" is yes or no", at: value.location)
            }
        }
        guard showsDrafts || !front.isSet("draft") else { return }
        let (name, suffix) = Self.split(template.name)
        let language = suffix ?? front.scalars["language"]?.text
        guard let language else {
            if template.isMarkdown {
                add(template.named(name), in: languages.first ?? "")
            } else {
                general[name] = template.named(name)
            }
            return
        }
        guard languages.contains(language) else {
            problems.report(
                "there is no texts/\(language).yml for a page in that language",
                at: front.scalars["language"]?.location ?? front.location)
            return
        }
        add(template.named(name), in: language)
    }

    private mutating func add(_ template: Template, in language: String) {
        if let other = sources[template.name]?[language] {
            problems.report(
                "\(other.file.path) is the same page in the same language",
                at: template.frontMatter.location)
        }
        sources[template.name, default: [:]][language] = template
    }

    /// The pages in the order of their addresses.
    func pages() -> [StaticPage] {
        var pages: [StaticPage] = []
        for (name, byLanguage) in sources {
            for (language, template) in byLanguage {
                pages.append(page(template, name, language))
            }
        }
        for (name, template) in general {
            // A server has one page for each status.
            let languages = StaticPage.isStatus(name) ? Array(languages.prefix(1)) : languages
            for language in languages where sources[name]?[language] == nil {
                pages.append(page(template, name, language))
            }
        }
        return pages.sorted { $0.url < $1.url }
    }

    private func page(_ template: Template, _ name: String, _ language: String) -> StaticPage {
        let prefix = language == languages.first ? "/" : "/\(language)/"
        let isFront = name == "index"
        let path = isFront ? "" : name + (StaticPage.isStatus(name) ? ".html" : "/")
        return StaticPage(
            template: template, language: language, day: day(of: template), url: prefix + path)
    }

    private func day(of template: Template) -> Day? {
        guard let date = template.frontMatter.scalars["date"] else {
            if template.isMarkdown, template.name.hasPrefix("notices/") {
                problems.report(
                    "a notice needs a `date:`, as 2026-11-28", at: template.frontMatter.location)
            }
            return nil
        }
        let day = Day(date.text)
        if day == nil {
            problems.report("not a day, as 2026-11-28", at: date.location)
        }
        return day
    }

    /// Parts `members/index.de` into the page's name `members` and `de`.
    static func split(_ inside: String) -> (name: String, language: String?) {
        var name = inside[...]
        var language: String?
        if let dot = inside.lastIndex(of: "."),
            case let suffix = inside[inside.index(after: dot)...], isLanguage(suffix)
        {
            name = inside[..<dot]
            language = String(suffix)
        }
        let isIndex = name.hasSuffix("/index")
        return (String(isIndex ? name.dropLast("/index".count) : name), language)
    }

    /// Tells whether a text is made like `de`, `gsw` or `pt-BR`.
    private static func isLanguage(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return false }
        return (2...3).contains(parts[0].count)
            && parts[0].allSatisfy { $0.isASCII && $0.isLowercase }
            && parts.dropFirst().allSatisfy {
                $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isUppercase }
            }
    }
}

extension Template {
    /// The same under another name.
    fileprivate func named(_ name: String) -> Template {
        var template = self
        template.name = name
        return template
    }
}
