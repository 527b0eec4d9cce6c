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
        case absent
    }

    /// What can be seen from a place.
    struct Scope {
        var frames: [Frame]
        /// The parameters of the component in which the place lies.
        var parameters: [String: Value] = [:]
        /// The cases that a choice can still have here.
        var narrowed: [SlotReference: Set<String>] = [:]
        /// What the caller of the component put between its tags; `nil` outside of components.
        var body: (() -> [Piece])?
        /// What stands at the layout's `{{content}}`; `nil` outside of layouts.
        var content: (() -> [Piece])?
        /// The components in which the place lies, outermost first.
        var components: [String] = []
    }

    private let site: Site
    private let catalog: TextCatalog
    private let template: Template
    private let slots: TemplateSlots
    private let problems: Problems
    private var blocks: [String: [Node]] = [:]
    /// The slots that were used, by path.
    private(set) var used: Set<String> = []

    init(
        _ template: Template, of site: Site, in catalog: TextCatalog, slots: TemplateSlots,
        _ problems: Problems
    ) {
        self.template = template
        self.site = site
        self.catalog = catalog
        self.slots = slots
        self.problems = problems
    }

    /// Expands the template within its layout.
    func expandTemplate() -> [Piece] {
        let scope = Scope(frames: [Frame(prefix: "", slots: slots.resolvable)])
        guard let name = template.frontMatter.scalars["layout"] else {
            return expand(template.nodes, scope)
        }
        guard let layout = site.layouts[name.text + template.suffix] else {
            report(
                "there is no layout \"\(name.text)\""
                    + suggestion(for: name.text, among: Self.names(of: site.layouts)),
                at: name.location)
            return expand(template.nodes, scope)
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
        layoutScope.content = { [self] in expand(content, scope) }
        return expand(layout.nodes, layoutScope)
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
            case .each(_, let body):
                names.formUnion(blockNames(in: body))
            case .component(let call):
                names.formUnion(blockNames(in: call.body ?? []))
            default:
                break
            }
        }
    }

    private static func names(of templates: [String: Template]) -> [String] {
        templates.values.map(\.name)
    }

    func report(_ message: String, at location: Location) {
        problems.report(message, at: location, building: template.file.path)
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
            guard let override = blocks[name] else { return expand(nodes, scope) }
            return expand(override, Scope(frames: Array(scope.frames.prefix(1))))
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

    private func url(_ name: String, at location: Location) -> [Piece] {
        guard !template.isMail else {
            report("a mail needs a whole address; show a slot of type url instead", at: location)
            return []
        }
        guard let path = site.path(of: name) else {
            report(
                "there is no route \"\(name)\""
                    + suggestion(for: name, among: site.routeNames), at: location)
            return []
        }
        return [.value(path, location)]
    }

    private func component(
        _ call: ComponentCall, at location: Location, _ scope: Scope
    ) -> [Piece] {
        guard let component = site.components[call.name + template.suffix] else {
            report(
                "there is no component \"\(call.name)\""
                    + suggestion(for: call.name, among: Self.names(of: site.components)),
                at: location)
            return []
        }
        guard !scope.components.contains(call.name) else {
            report("the component \"\(call.name)\" contains itself", at: location)
            return []
        }
        let declared = component.frontMatter.parameters
        var inner = Scope(frames: scope.frames, narrowed: scope.narrowed)
        inner.components = scope.components + [call.name]
        inner.body = { [self] in call.body.map { expand($0, scope) } ?? [] }
        for parameter in declared {
            inner.parameters[parameter.name] = .absent
        }
        for argument in call.arguments {
            guard inner.parameters[argument.name] != nil else {
                report(
                    "the component \"\(call.name)\" has no parameter \"\(argument.name)\""
                        + suggestion(for: argument.name, among: declared.map(\.name)),
                    at: argument.location)
                continue
            }
            inner.parameters[argument.name] = value(of: argument, scope) ?? .absent
        }
        let given = Set(call.arguments.map(\.name))
        let missing = declared.filter { !$0.isOptional && !given.contains($0.name) }
        guard missing.isEmpty else {
            let names = missing.map { "\($0.name)=…" }.joined(separator: " ")
            report("the component \"\(call.name)\" needs \(names)", at: location)
            return []
        }
        return expand(call.isWholeLine ? component.nodes : component.inlineNodes, inner)
    }

    private func each(
        _ name: String, _ body: [Node], at location: Location, _ scope: Scope
    ) -> [Piece] {
        switch lookUp(name, at: location, scope) {
        case .slot(let reference):
            guard case .list(let slots) = reference.type else {
                report("\"\(name)\" is no list", at: location)
                return []
            }
            guard scope.frames.count <= SlotLimits.deepestNesting else {
                report("too many lists in one another", at: location)
                return []
            }
            var inner = scope
            inner.frames.append(Frame(prefix: reference.path + ".", slots: slots))
            return [.each(reference, body: expand(body, inner), location)]
        case .literal:
            report("\"\(name)\" is no list", at: location)
            return []
        case .absent, nil:
            return []
        }
    }

    // MARK: - Values

    private func variable(_ name: String, at location: Location, _ scope: Scope) -> [Piece] {
        switch lookUp(name, at: location, scope) {
        case .literal(let text):
            return [.value(text, location)]
        case .slot(let reference):
            return show(reference, at: location, scope)
        case .absent:
            report(
                "\"\(name)\" was not given; print it inside {{#if \(name)}}", at: location)
            return []
        case nil:
            return []
        }
    }

    /// Prints a slot.
    func show(_ reference: SlotReference, at location: Location, _ scope: Scope) -> [Piece] {
        switch reference.type {
        case .text, .url:
            return [.slot(reference, location)]
        case .choice:
            return choose(reference, at: location, scope) { [.value($0, location)] }
        case .flag:
            report("\"\(reference.path)\" is a flag and cannot be printed", at: location)
        case .list:
            report("\"\(reference.path)\" is a list and cannot be printed", at: location)
        }
        return []
    }

    /// Makes one branch for each case that a choice can have here.
    func choose(
        _ reference: SlotReference, at location: Location, _ scope: Scope,
        _ branch: (String) -> [Piece]
    ) -> [Piece] {
        guard case .choice(let cases) = reference.type else { return [] }
        let possible = scope.narrowed[reference] ?? Set(cases)
        return [
            .choose(
                reference, branches: cases.map { possible.contains($0) ? branch($0) : [] },
                branchOfCase: Array(cases.indices), location)
        ]
    }

    /// Finds what an argument stands for; if it is nothing, that has been reported.
    func value(of argument: Argument, _ scope: Scope) -> Value? {
        switch argument.value {
        case .literal(let text): .literal(text)
        case .name(let name): lookUp(name, at: argument.location, scope)
        }
    }

    /// Finds what a name stands for, and reports it if it stands for nothing.
    func lookUp(_ name: String, at location: Location, _ scope: Scope) -> Value? {
        if let value = find(name, scope) {
            if case .slot(let reference) = value {
                note(reference, at: location)
            }
            return value
        }
        let names = scope.frames.flatMap(\.slots).map(\.name) + scope.parameters.keys
        report(
            "there is nothing called \"\(name)\" here" + suggestion(for: name, among: names),
            at: location)
        return nil
    }

    /// Finds what a name stands for: a fact, a parameter, or a slot from the inside outwards.
    func find(_ name: String, _ scope: Scope) -> Value? {
        switch name {
        case "page.language": return .literal(catalog.language)
        case "page.name": return .literal(template.name)
        case _ where name.hasPrefix("page."):
            let scalar = template.frontMatter.scalars[String(name.dropFirst("page.".count))]
            return scalar.map { .literal($0.text) } ?? .absent
        case _ where name.hasPrefix("site."):
            let scalar = site.facts[String(name.dropFirst("site.".count))]
            return scalar.map { .literal($0.text) } ?? .absent
        default:
            break
        }
        if let parameter = scope.parameters[name] {
            return parameter
        }
        for (depth, frame) in scope.frames.enumerated().reversed() {
            if let slot = frame.slots.firstIndex(where: { $0.name == name }) {
                return .slot(
                    SlotReference(
                        depth: depth, slot: slot, type: frame.slots[slot].type,
                        path: frame.prefix + name))
            }
        }
        return nil
    }

    private func note(_ reference: SlotReference, at location: Location) {
        used.insert(reference.path)
        if !slots.isDeclared(reference.path) {
            report(
                "the slot \"\(reference.path)\" is not declared in the front matter of "
                    + template.file.path, at: location)
        }
    }

    /// The text of a key.
    func text(_ key: String, at location: Location) -> Text? {
        guard let text = catalog[key] else {
            report(
                "no text \"\(key)\" for \"\(catalog.language)\""
                    + suggestion(for: key, among: catalog.keys), at: location)
            return nil
        }
        return text
    }

    /// The path of a route that a text names.
    func routePath(_ name: String, at location: Location) -> [Piece] { url(name, at: location) }
}
