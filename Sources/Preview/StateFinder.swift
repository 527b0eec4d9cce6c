internal import Hypertext

/// Finds the states of a page, a mail or a message in its slots.
///
/// Each flag is a state, and each list and text for which the template asks, and each case of a
/// choice. What the template does not ask for is always there. So a new slot or case has its state
/// without a word in this module; `Samples` says what stands in it, and what it is seen with.
struct StateFinder {
    private let schema: Schema
    private let slots: [String: SlotDeclaration]
    /// The slots that the template asks for.
    private let asked: Set<String>
    private let typed: Set<String>
    private let phrases: SamplePhrases
    private(set) var states: [PreviewState] = []

    /// A page being put together: what stands in its slots.
    private typealias Content = [String: SlotContent]

    /// Finds all states.
    ///
    /// - Parameters:
    ///   - schema: The slots.
    ///   - asked: Those of them that the template asks for.
    ///   - phrases: What the program says in the form of the language.
    init(_ schema: Schema, asked: Set<String>, phrases: SamplePhrases) {
        self.schema = schema
        self.asked = asked
        self.phrases = phrases
        slots = Dictionary(uniqueKeysWithValues: schema.slots.map { ($0.name, $0) })
        typed = Samples.typed[schema.name] ?? []
        add("plain", plain)
        for slot in schema.slots where slot.name != Self.problems {
            addStates(of: slot)
        }
        addProblems()
        add("long", full(.long))
        add("right-to-left", full(.rightToLeft))
    }

    /// Adds a state, unless an earlier one comes to the same.
    private mutating func add(_ name: String, _ content: Content) {
        guard !states.contains(where: { $0.content == content }) else { return }
        states.append(PreviewState(name: name, content: content))
    }

    private mutating func addStates(of slot: SlotDeclaration) {
        if isOptional(slot), !isCompanion(slot) {
            add(slot.name, with([slot.name], plain))
        }
        switch slot.type {
        case .choice(let cases):
            for name in cases.dropFirst() {
                add("\(slot.name)-\(name)", with(slot, .choice(name)))
            }
        case .count: add("\(slot.name)-one", with(slot, .count(1)))
        case .text, .url, .flag, .list: break
        }
    }

    // MARK: - What stands in the slots

    /// The page at its simplest.
    private var plain: Content {
        var content: Content = [:]
        for slot in schema.slots where !isOptional(slot) {
            content[slot.name] = filled(slot, .ordinary)
        }
        if Samples.membersPages.contains(schema.name) {
            content["signed-in"] = .flag(true)
        }
        return content
    }

    /// The page with everything that it can have at once.
    private func full(_ manner: Samples.Manner) -> Content {
        var content: Content = [:]
        for slot in schema.slots where slot.name != Self.problems {
            content[slot.name] = filled(slot, manner)
        }
        for name in Samples.hiding where slots[name] != nil {
            content[name] = .flag(false)
        }
        if !kinds.isEmpty {
            content[Self.problems] = .list(oneProblemForEachField.map(\.row))
        }
        return content
    }

    /// Whether a slot is empty on the plain page.
    private func isOptional(_ slot: SlotDeclaration) -> Bool {
        switch slot.type {
        case .text, .url, .count: asked.contains(slot.name) || typed.contains(slot.name)
        case .flag: true
        case .choice: false
        case .list: asked.contains(slot.name) || slot.name == Self.problems
        }
    }

    private func filled(
        _ slot: SlotDeclaration, _ manner: Samples.Manner, row: Int? = nil
    ) -> SlotContent {
        switch slot.type {
        case .text, .url: text(slot, manner, row: row ?? 0)
        case .count: .count(row ?? Samples.count(slot))
        case .flag: .flag(row ?? 0 == 0)
        case .choice(let cases): .choice(cases.isEmpty ? "" : cases[(row ?? 0) % cases.count])
        case .list(let slots): .list(rows(of: slots, manner))
        }
    }

    /// A phrase of the language, unless the slot is part of one, or words of another manner are known.
    private func text(
        _ slot: SlotDeclaration, _ manner: Samples.Manner, row: Int
    ) -> SlotContent {
        let isPart = slot.name == schema.name
        let phrase = isPart ? nil : phrases.content(of: slot.name, row: row)
        let words = Samples.text(slot, manner, row: row)
        guard let phrase, words == Samples.text(slot, .ordinary, row: row) else {
            return .text(words)
        }
        return phrase
    }

    /// A row for each case of a choice, or else three.
    private func rows(of slots: [SlotDeclaration], _ manner: Samples.Manner) -> [Content] {
        let choices = slots.compactMap { slot -> Int? in
            guard case .choice(let cases) = slot.type else { return nil }
            return cases.count
        }
        return (0..<(choices.max() ?? 3)).map { row in
            Dictionary(
                uniqueKeysWithValues: slots.map { ($0.name, filled($0, manner, row: row)) })
        }
    }

    /// The page with slots filled, or problems found, and everything without which they are not seen.
    private func with(_ names: [String], _ content: Content) -> Content {
        names.reduce(into: content) { content, name in
            content = with(conditions(of: name), content)
            if let slot = slots[name] {
                if content[name] == nil { content[name] = filled(slot, .ordinary) }
            } else if let (slot, choice) = choice(name) {
                content[slot] = .choice(choice)
            } else if let problem = problem(name) {
                content = with(problem, content)
            }
        }
    }

    /// Whether a slot is only ever seen along with a problem, which has a state.
    private func isCompanion(_ slot: SlotDeclaration) -> Bool {
        kinds.contains { Samples.companions[$0]?.contains(slot.name) ?? false }
    }

    /// The page with a slot that holds something, and everything without which that is not seen.
    private func with(_ slot: SlotDeclaration, _ value: SlotContent) -> Content {
        var content = with(conditions(of: slot.name), plain)
        content[slot.name] = value
        return content
    }

    /// Finds a slot and its case by the name of a state: `notice-verified`.
    private func choice(_ name: String) -> (slot: String, case: String)? {
        for slot in schema.slots {
            guard case .choice(let cases) = slot.type else { continue }
            for item in cases where name == "\(slot.name)-\(item)" { return (slot.name, item) }
        }
        return nil
    }

    private func conditions(of name: String) -> [String] {
        Samples.conditions[name].map { [$0] } ?? []
    }
}

// MARK: - What is wrong with a form

extension StateFinder {
    static let problems = "problems"

    /// A row of the list of problems.
    private struct Problem {
        let field: String
        let kind: String

        var row: [String: SlotContent] { ["field": .choice(field), "problem": .choice(kind)] }
    }

    private mutating func addProblems() {
        for kind in kinds {
            add("problem-\(kind)", with([kind], plain))
        }
        for field in fields where !kinds.contains(where: { place(of: $0) == field }) {
            add("problem-at-\(field)", with(Problem(field: field, kind: kinds[0]), plain))
        }
        let several = oneProblemForEachField
        guard several.count > 1 else { return }
        var content = several.reduce(plain) { with([$1.kind], $0) }
        content[Self.problems] = .list(several.map(\.row))
        add("several-problems", content)
    }

    private var oneProblemForEachField: [Problem] {
        fields.compactMap { field in
            kinds.first { place(of: $0) == field }.map { Problem(field: field, kind: $0) }
        }
    }

    private func problem(_ kind: String) -> Problem? {
        kinds.contains(kind) ? Problem(field: place(of: kind), kind: kind) : nil
    }

    private func place(of kind: String) -> String { Samples.field(of: kind, among: fields) }

    /// The page again, with what was typed, after a problem was found.
    private func with(_ problem: Problem, _ content: Content) -> Content {
        var content = content
        content[Self.problems] = .list([problem.row])
        let companions = Samples.companions[problem.kind] ?? []
        for name in companions + typed {
            content[name] = slots[name].map { filled($0, .ordinary) }
        }
        return content
    }

    private var fields: [String] { cases(of: "field") }
    private var kinds: [String] { cases(of: "problem") }

    private func cases(of name: String) -> [String] {
        guard
            case .list(let slots) = slots[Self.problems]?.type,
            case .choice(let cases) = slots.first(where: { $0.name == name })?.type
        else { return [] }
        return cases
    }
}
