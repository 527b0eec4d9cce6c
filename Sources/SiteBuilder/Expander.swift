import Hypertext

/// Puts layout, components, texts and everything known at build time into one template.
///
/// What is left is markup, values and slots.
final class Expander {
    /// A list around the place, or the page itself.
    struct Frame {
        let prefix: String
        let slots: [SlotDeclaration]
    }

    /// What a name stands for.
    enum Value {
        case literal(String)
        case slot(SlotReference)
        /// A list that is known at build time, of rows with named texts.
        case records([[String: String]])
        case absent
    }

    /// What can be seen from a place.
    struct Scope {
        var frames: [Frame]
        /// The parameters of the component in which the place lies.
        var parameters: [String: Value] = [:]
        /// What stands in the slots, on a page of the styleguide.
        var samples: [String: Value] = [:]
        /// The cases that a choice can still have here.
        var narrowed: [SlotReference: Set<String>] = [:]
        /// What the caller of the component put between its tags; `nil` outside of components.
        var body: (() -> [Piece])?
        /// What stands at the layout's `{{content}}`; `nil` outside of layouts.
        var content: (() -> [Piece])?
        /// The components in which the place lies, outermost first.
        var components: [String] = []
    }

    let site: Site
    let catalog: TextCatalog
    let template: Template
    let slots: TemplateSlots
    /// The page that is being built; `nil` for forms and mails.
    let page: StaticPage?
    let units: Units
    let problems: Problems
    private let markdown: Markdown?
    // The outermost component, counted from 0 for the template itself, on whose surroundings
    // depends what was expanded.
    var outermostDependence = Int.max
    private var blocks: [String: [Node]] = [:]
    /// The blocks in which the place lies.
    private var openBlocks: Set<String> = []
    /// The samples that were asked for.
    var usedSamples: Set<String> = []
    /// The slots that were used, by path.
    private(set) var used: Set<String> = []

    init(
        _ template: Template, of site: Site, in catalog: TextCatalog, slots: TemplateSlots,
        page: StaticPage? = nil, markdown: Markdown? = nil, units: Units, _ problems: Problems
    ) {
        self.template = template
        self.page = page
        self.markdown = markdown
        self.units = units
        self.site = site
        self.catalog = catalog
        self.slots = slots
        self.problems = problems
    }

    /// Expands the template within its layout.
    func expandTemplate() -> [Piece] {
        let scope = Scope(frames: [Frame(prefix: "", slots: slots.resolvable)])
        guard template.frontMatter.example.isEmpty else {
            return example(template.frontMatter.example, scope) { expandTemplate($0) }
        }
        return expandTemplate(scope)
    }

    private func expandTemplate(_ scope: Scope) -> [Piece] {
        guard let name = layoutName else {
            return ownContent(template.nodes, scope)
        }
        guard let layout = site.layouts[name.text + template.suffix] else {
            report(
                "there is no layout \"\(name.text)\""
                    + suggestion(for: name.text, among: Self.names(of: site.layouts)),
                at: name.location)
            return ownContent(template.nodes, scope)
        }
        let offered = blockNames(in: layout.nodes)
        var content: [Node] = []
        for node in template.nodes {
            guard case .block(let block, let nodes) = node.kind else {
                content.append(node)
                continue
            }
            if !offered.contains(block) {
                report(
                    "the layout \"\(name.text)\" has no block \"\(block)\""
                        + suggestion(for: block, among: offered), at: node.location)
            }
            blocks[block] = nodes
        }
        var layoutScope = scope
        layoutScope.content = { [self] in ownContent(content, scope) }
        return expand(layout.nodes, layoutScope)
    }

    /// The layout that a template asks for; Markdown has that of pages unless it says otherwise.
    private var layoutName: Scalar? {
        if let name = template.frontMatter.scalars["layout"] {
            return name
        }
        guard template.isMarkdown, site.layouts["page.html"] != nil else { return nil }
        return Scalar(text: "page", location: template.frontMatter.location)
    }

    private func ownContent(_ nodes: [Node], _ scope: Scope) -> [Piece] {
        outermostDependence = 0
        return markdown.map { [.markdown($0)] } ?? expand(nodes, scope)
    }

    /// Expands a text by its key or a template in one line, as a mail's subject may be either.
    func expandSubject(_ subject: Scalar) -> [Piece] {
        let scope = Scope(frames: [Frame(prefix: "", slots: slots.resolvable)])
        guard subject.text.contains("{{") else {
            let call = TextCall(
                key: [KeyPart(kind: .literal(subject.text), location: subject.location)],
                arguments: [])
            return text(call, at: subject.location, scope)
        }
        return expand(subject.nodes(problems), scope)
    }

    private func blockNames(in nodes: [Node]) -> Set<String> {
        nodes.reduce(into: []) { names, node in
            switch node.kind {
            case .block(let name, let nodes):
                names.formUnion([name])
                names.formUnion(blockNames(in: nodes))
            case .condition(_, let then, let otherwise):
                names.formUnion(blockNames(in: then + otherwise))
            case .each(_, let body), .example(_, let body):
                names.formUnion(blockNames(in: body))
            case .component(let call):
                names.formUnion(blockNames(in: call.body ?? []))
            default:
                break
            }
        }
    }

    static func names(of templates: [String: Template]) -> [String] {
        templates.values.map(\.name)
    }

    func report(_ message: String, at location: Location) {
        problems.report(message, at: location, building: template.file.path)
    }

    /// Notes that a slot is used, which it may be only if the template declares it.
    func note(_ reference: SlotReference, at location: Location) {
        used.insert(reference.path)
        if !slots.isDeclared(reference.path) {
            report(
                "the slot \"\(reference.path)\" is not declared in the front matter of "
                    + template.file.path, at: location)
        }
    }

    // MARK: - Nodes

    func expand(_ nodes: [Node], _ scope: Scope) -> [Piece] {
        nodes.flatMap { expand($0, scope) }
    }

    private func expand(_ node: Node, _ scope: Scope) -> [Piece] {
        let location = node.location
        switch node.kind {
        case .literal(let bytes):
            return [.markup(bytes, location)]
        case .variable(let name):
            return variable(name, at: location, scope)
        case .text(let call):
            return text(call, at: location, scope)
        case .asset(let name):
            guard let asset = site.assets[name] else {
                report(
                    "there is no assets/\(name)"
                        + suggestion(for: name, among: site.assets.keys), at: location)
                return []
            }
            return [.value(asset.url, location)]
        case .url(let name):
            return url(name, at: location)
        case .condition(let condition, let then, let otherwise):
            return self.condition(condition, then, otherwise, at: location, scope)
        case .each(let name, let body):
            return each(name, body, at: location, scope)
        case .component(let call):
            return component(call, at: location, scope)
        case .block(let name, let nodes):
            outermostDependence = 0
            guard let override = blocks[name] else { return expand(nodes, scope) }
            guard openBlocks.insert(name).inserted else {
                report("the block \"\(name)\" contains itself", at: location)
                return []
            }
            defer { openBlocks.remove(name) }
            return expand(
                override, Scope(frames: Array(scope.frames.prefix(1)), samples: scope.samples))
        case .example(let arguments, let body):
            return example(arguments, scope) { expand(body, $0) }
        case .source(let name):
            return source(name, at: location, scope)
        case .content:
            guard let content = scope.content else {
                report("{{content}} stands in layouts only", at: location)
                return []
            }
            return content()
        case .body:
            guard let body = scope.body else {
                report("{{body}} stands in components only", at: location)
                return []
            }
            return body()
        }
    }

    /// Puts the path of a route in.
    func url(_ name: String, at location: Location) -> [Piece] {
        guard !template.isMail else {
            report("a mail needs a whole address; show a slot of type url instead", at: location)
            return []
        }
        guard let path = site.path(of: name, language: catalog.language) else {
            report(
                "there is no route \"\(name)\""
                    + suggestion(for: name, among: site.routeNames), at: location)
            return []
        }
        guard page != nil, site.routes[name] != nil else { return [.value(path, location)] }
        return [.value(site.link(toRoute: path, from: catalog.language), location)]
    }
}
