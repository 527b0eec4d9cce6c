/// Where the files of a site are served, for links that name the files.
///
/// `[costs](costs.md#hosting)` in `pages/help.md` leads to that page, `![](../assets/map.svg)` to that
/// picture. So the same text can be read where the sources are kept.
struct SourceAddresses {
    private var byPath: [String: String] = [:]

    /// Gathers the addresses, as pages in a language link to them.
    init(of site: Site, for language: String) {
        for path in site.routes.values {
            byPath[path] = site.link(toRoute: path, from: language)
        }
        for asset in site.assets.values {
            byPath[asset.source.path] = asset.url
        }
        for (name, asset) in site.assets {
            byPath["/assets/" + name] = asset.url
        }
        for page in site.pages where page.template.isMarkdown {
            byPath[page.template.file.path] = page.url
        }
    }

    /// Finds what a link means.
    ///
    /// - Parameters:
    ///   - link: The link as it is written: `/assets/map.svg`, `costs.md#hosting`.
    ///   - source: The file in which it stands.
    /// - Returns: The address with the link's fragment, or nil where the link names no file of the site.
    func address(of link: String, from source: String) -> String? {
        let path = link.prefix { $0 != "#" }
        guard let first = path.first else { return nil }
        let target = first == "/" ? String(path) : Self.path(String(path), from: source)
        return byPath[target].map { $0 + link.dropFirst(path.count) }
    }

    /// The path to which a relative one leads from a file.
    private static func path(_ relative: String, from source: String) -> String {
        var parts = source.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        for part in relative.split(separator: "/") {
            switch part {
            case ".": break
            case "..": parts = parts.dropLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}
