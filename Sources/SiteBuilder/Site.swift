/// A template of the site, parsed.
struct Template {
    /// What becomes of a template.
    enum Role {
        case page
        case form
        case mail
        case part  // a layout or a component
    }

    /// The name by which others speak of it: `sign-in`, `members`.
    var name: String
    let role: Role
    let file: SourceFile
    let frontMatter: FrontMatter
    let nodes: [Node]

    init(name: String, role: Role, file: SourceFile, _ problems: Problems) {
        self.name = name
        self.role = role
        self.file = file
        let isMarkdown = file.path.hasSuffix(".md")
        frontMatter = FrontMatter(of: file, isMarkdown: isMarkdown, problems)
        nodes =
            isMarkdown
            ? []
            : TemplateParser.parse(
                file, min(frontMatter.bodyStart, file.bytes.count)..<file.bytes.count, problems)
    }

    var isMarkdown: Bool { file.path.hasSuffix(".md") }

    /// Whether this shows every component, so that it may use any class.
    var isStyleguide: Bool {
        role == .page && (name == "styleguide" || name.hasPrefix("styleguide/"))
    }

    var isMail: Bool { role == .mail }

    /// The nodes without the newline that ends the file.
    var inlineNodes: [Node] {
        guard let last = nodes.last, case .literal(var bytes) = last.kind,
            bytes.last == UInt8(ascii: "\n")
        else { return nodes }
        bytes.removeLast()
        return nodes.dropLast() + [Node(kind: .literal(bytes), location: last.location)]
    }

    /// `.html` or `.txt`; layouts and components are those of the same kind.
    var suffix: String { file.path.hasSuffix(".txt") ? ".txt" : ".html" }
}

/// A file that is served under a name that changes with its contents.
struct Asset {
    let url: String
    let output: String
    let bytes: [UInt8]
    let source: SourceFile
}

/// Everything that stands in the site's directory.
struct Site {
    /// The files on which every page may depend.
    var premises: [SourceFile] = []
    var facts: [String: Scalar] = [:]
    /// Pairs of colours that must differ enough to be read.
    var contrast: [Scalar] = []
    /// The pairs of the theme, as far as the site has such colours.
    var themeContrast: [Scalar] = []
    /// The texts of each language; the site's own comes first.
    var catalogs: [TextCatalog] = []
    /// By name and suffix: `tag.html`.
    var layouts: [String: Template] = [:]
    var components: [String: Template] = [:]
    /// In the order of their addresses.
    var pages: [StaticPage] = []
    /// The addresses of pages by name and language.
    var pagePaths: [String: [String: String]] = [:]
    var forms: [Template] = []
    /// By name and suffix: `welcome.txt`.
    var mails: [String: Template] = [:]
    var assets: [String: Asset] = [:]
    /// Files that are copied as they are, by path.
    var statics: [String: [UInt8]] = [:]
    /// What `security.yml` says.
    var securityText: SecurityText?
    /// The people of `honour.yml`.
    var honour: [[String: String]] = []
    /// The program's routes: paths by name.
    let routes: [String: String]

    init(routes: [String: String]) {
        self.routes = routes
    }

    /// The language of the site itself.
    var language: String { facts["language"]?.text ?? "" }

    /// The beginning of every whole address, without a slash at its end.
    var address: String? {
        facts["url"].map { $0.text.hasSuffix("/") ? String($0.text.dropLast()) : $0.text }
    }

    /// What a page can say of a language: its tag, and what it calls itself.
    func record(of language: String) -> [String: String] {
        let catalog = catalogs.first { $0.language == language }
        return ["language": language, "name": catalog?.name ?? language]
    }

    /// The path of a route, as a static page of a language links to it.
    ///
    /// Whoever reads a page in another language than the site's own goes on reading in it.
    func link(toRoute path: String, from language: String) -> String {
        language == self.language ? path : "\(path)?language=\(language)"
    }

    /// Returns the path of a route, or of a static page called `page:NAME`.
    ///
    /// A page that is lacking in a language is linked in the site's own, or else in any.
    func path(of name: String, language: String) -> String? {
        guard name.hasPrefix("page:") else { return routes[name] }
        guard let paths = pagePaths[String(name.dropFirst("page:".count))] else { return nil }
        return paths[language] ?? paths[self.language] ?? paths.min { $0.key < $1.key }?.value
    }

    var routeNames: [String] { routes.keys + pagePaths.keys.map { "page:" + $0 } }

    static let manifestOutput = "assets.json"

    /// Every path that is served.
    var servedPaths: Set<String> {
        var paths = Set(routes.values).union(pages.map(\.url)).union(assets.values.map(\.url))
            .union(statics.keys.map { "/" + $0 })
        paths.formUnion(["/" + Self.manifestOutput, "/" + Sitemap.robotsOutput])
        if address != nil {
            paths.formUnion(["/" + Sitemap.output])
        }
        if securityText != nil {
            paths.formUnion(["/" + SecurityText.output])
        }
        if pages.contains(where: \.isNotice) {
            paths.formUnion(["/" + Feed.output])
        }
        return paths
    }

    /// The names of the mails.
    var mailNames: [String] {
        Set(mails.keys.map { String($0.prefix { $0 != "." }) }).sorted()
    }
}
