import Hypertext

/// The limits of the compiled format.
enum SlotLimits {
    /// How many lists may stand in one another.
    static let deepestNesting = 4
    /// How many slots a record may have.
    static let slotsPerRecord = 256
}

/// The slots of one template: what its front matter declares beside what the program fills.
struct TemplateSlots {
    /// The schema for which the template is compiled.
    let schema: Schema
    /// The slots that a name can mean; those that the program lacks come last.
    let resolvable: [SlotDeclaration]

    private let declared: [(path: String, value: Scalar)]
    private let implied: Set<String>
    private let types: [String: SlotType]

    /// What every form has without declaring it, because the program always fills it.
    private static let common = [
        SlotDeclaration("form-token", .text), SlotDeclaration("signed-in", .flag),
        SlotDeclaration("stale", .flag), SlotDeclaration("here", .url),
    ]

    /// No slots at all, as in a static page.
    static var none: TemplateSlots {
        TemplateSlots(
            schema: Schema(name: "", slots: []), resolvable: [], declared: [], implied: [],
            types: [:])
    }

    private init(
        schema: Schema, resolvable: [SlotDeclaration], declared: [(path: String, value: Scalar)],
        implied: Set<String>, types: [String: SlotType]
    ) {
        self.schema = schema
        self.resolvable = resolvable
        self.declared = declared
        self.implied = implied
        self.types = types
    }

    /// Holds the front matter against the program's schema.
    ///
    /// - Parameters:
    ///   - template: The template that declares slots.
    ///   - schema: What the program fills; `nil` takes the template at its word.
    ///   - problems: Where differences are noted.
    init(of template: Template, schema: Schema?, _ problems: Problems) {
        let front = template.frontMatter
        let own = front.declarations(problems)
        let common = template.isMail ? [] : Self.common
        let names = Set(own.map(\.name))
        let schema =
            schema
            ?? Schema(name: template.name, slots: own + common.filter { !names.contains($0.name) })
        let known = Set(schema.slots.map(\.name))
        self.init(
            schema: schema, resolvable: schema.slots + own.filter { !known.contains($0.name) },
            declared: front.slots, implied: Set(common.map(\.name)),
            types: Self.types(of: schema.slots))
        compare(own, with: template, problems)
    }

    /// Tells whether a template may use the slot.
    func isDeclared(_ path: String) -> Bool {
        implied.contains(path) || declared.contains { $0.path == path }
    }

    /// Reports what was declared and never used.
    func checkUse(_ used: Set<String>, _ problems: Problems) {
        for (path, value) in declared where types[path] != nil && !used.contains(path) {
            // What a list holds goes with the list.
            let list = path.split(separator: ".").dropLast().joined(separator: ".")
            guard list.isEmpty || used.contains(list) else { continue }
            problems.report("the slot \"\(path)\" is declared, but never used", at: value.location)
        }
    }

    private func compare(
        _ own: [SlotDeclaration], with template: Template, _ problems: Problems
    ) {
        let ownTypes = Self.types(of: own)
        for (path, value) in declared {
            guard let ownType = ownTypes[path] else { continue }  // reported when it was read
            guard let type = types[path] else {
                problems.report(
                    "the program has no slot \"\(path)\""
                        + suggestion(for: path, among: types.keys), at: value.location)
                continue
            }
            if !ownType.isLike(type) {
                problems.report(
                    "the program fills \"\(path)\" as \(type.words)", at: value.location)
            }
        }
        for path in types.keys.sorted() where !isDeclared(path) {
            let type = types[path].map(\.words) ?? ""
            problems.report(
                "the program fills \"\(path): \(type)\", which is not declared here",
                at: template.frontMatter.location)
        }
        if schema.slots.count > SlotLimits.slotsPerRecord {
            problems.report("more than 256 slots", at: template.frontMatter.location)
        }
    }

    private static func types(
        of slots: [SlotDeclaration], below prefix: String = ""
    ) -> [String: SlotType] {
        var types: [String: SlotType] = [:]
        for slot in slots {
            types[prefix + slot.name] = slot.type
            if case .list(let items) = slot.type {
                types.merge(Self.types(of: items, below: prefix + slot.name + ".")) { first, _ in
                    first
                }
            }
        }
        return types
    }
}

extension SlotType {
    /// The type as front matter spells it.
    fileprivate var words: String {
        switch self {
        case .text: "text"
        case .url: "url"
        case .count: "count"
        case .flag: "flag"
        case .choice(let cases): "choice " + cases.joined(separator: " ")
        case .list: "list"
        }
    }

    /// Tells whether two types are the same but for the order of cases and the items of a list.
    fileprivate func isLike(_ other: SlotType) -> Bool {
        switch (self, other) {
        case (.choice(let a), .choice(let b)): Set(a) == Set(b)
        case (.list, .list): true
        default: self == other
        }
    }
}
