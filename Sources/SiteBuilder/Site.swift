/// A template of the site, parsed.
struct Template {
    /// What becomes of a template.
    enum Role {
        case page
        case form
        case mail
        case part  // a layout or a component
    }

    let name: String
    let role: Role
    let file: SourceFile
    let frontMatter: FrontMatter
    let nodes: [Node]

    init(name: String, role: Role, file: SourceFile, _ problems: Problems) {
        self.name = name
        self.role = role
        self.file = file
        frontMatter = FrontMatter(of: file, problems)
        nodes = TemplateParser.parse(
            file, min(frontMatter.bodyStart, file.bytes.count)..<file.bytes.count, problems)
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

/// A static page and where it goes.
struct StaticPage {
    let template: Template
    /// Where it is served: `/privacy/`.
    let url: String
    /// Where it is written: `privacy/index.html`.
    let output: String
}

/// A file that is served under a name that changes with its contents.
struct Asset {
    let url: String
    let output: String
    let bytes: [UInt8]
}

/// Everything that stands in the site's directory.
struct Site {
    var facts: [String: Scalar] = [:]
    /// The texts of each language; the site's own comes first.
    var catalogs: [TextCatalog] = []
    /// By name and suffix: `tag.html`.
    var layouts: [String: Template] = [:]
    var components: [String: Template] = [:]
    var pages: [StaticPage] = []
    var forms: [Template] = []
    /// By name and suffix: `welcome.txt`.
    var mails: [String: Template] = [:]
    var assets: [String: Asset] = [:]
    /// Files that are copied as they are, by path.
    var statics: [String: [UInt8]] = [:]
    /// The program's routes: paths by name.
    let routes: [String: String]

    init(routes: [String: String]) {
        self.routes = routes
    }

    /// Returns the path of a route, or of a static page called `page:NAME`.
    func path(of name: String) -> String? {
        guard name.hasPrefix("page:") else { return routes[name] }
        let page = name.dropFirst("page:".count)
        return pages.first { $0.template.name == page }?.url
    }

    var routeNames: [String] { routes.keys + pages.map { "page:" + $0.template.name } }

    /// Every path that is served.
    var servedPaths: Set<String> {
        Set(routes.values).union(pages.map(\.url)).union(assets.values.map(\.url))
            .union(statics.keys.map { "/" + $0 })
    }

    /// The names of the mails.
    var mailNames: [String] {
        Set(mails.keys.map { String($0.prefix { $0 != "." }) }).sorted()
    }
}
