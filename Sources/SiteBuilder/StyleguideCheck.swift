/// Sees that the styleguide shows every component of which pages and forms are made.
///
/// A component counts as shown where the styleguide uses it, directly or within another one. Mails
/// have components of their own, which no page could show.
struct StyleguideCheck {
    private let site: Site

    /// A component that a template uses.
    private struct Use {
        let component: String
        let location: Location
    }

    init(of site: Site) {
        self.site = site
    }

    /// Reports what the styleguide lacks, if the site has one.
    func run(_ problems: Problems) {
        let styleguide = site.pages.map(\.template).filter(\.isStyleguide)
        guard !styleguide.isEmpty else { return }
        let others = site.pages.map(\.template).filter { !$0.isStyleguide } + site.forms
        let shown = Set(uses(in: styleguide).map(\.component))
        for use in uses(in: others) where !shown.contains(use.component) {
            problems.report(
                "the styleguide does not show the component \"\(use.component)\"; "
                    + "use it on a page of pages/styleguide/", at: use.location)
        }
    }

    /// The components that templates use, their layouts and those components among them.
    private func uses(in templates: [Template]) -> [Use] {
        var uses: [Use] = []
        var known: Set<String> = []
        var waiting = templates
        while let template = waiting.popLast() {
            guard known.insert(template.file.path).inserted else { continue }
            let own = self.uses(in: template.nodes)
            uses += own
            let layout = template.frontMatter.scalars["layout"]?.text ?? "page"
            waiting += own.compactMap { site.components[$0.component + ".html"] }
            waiting +=
                template.role == .part ? [] : [site.layouts[layout + ".html"]].compactMap(\.self)
        }
        // One that is not there is reported where it is put in.
        return uses.filter { site.components[$0.component + ".html"] != nil }
    }

    private func uses(in nodes: [Node]) -> [Use] {
        nodes.flatMap { (node) -> [Use] in
            switch node.kind {
            case .component(let call):
                [Use(component: call.name, location: node.location)] + uses(in: call.body ?? [])
            case .condition(_, let then, let otherwise): uses(in: then + otherwise)
            case .each(_, let body), .example(_, let body), .block(_, let body): uses(in: body)
            case .literal, .variable, .text, .asset, .url, .source, .content, .body: []
            }
        }
    }
}
