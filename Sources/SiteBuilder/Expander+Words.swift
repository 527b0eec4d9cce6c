import Hypertext

// What depends on words: texts by their keys, and conditions on the cases of a choice.

extension Expander {
    // MARK: - Texts

    /// Puts a text, or one text for each case of a choice in its key.
    func text(_ call: TextCall, at location: Location, _ scope: Scope) -> [Piece] {
        var arguments: [String: Value?] = [:]
        for argument in call.arguments {
            arguments[argument.name] = .some(value(of: argument, scope))
        }
        if let words = words(of: call, scope) {
            return [.value(words, location)]
        }
        return text(key: call.key[...], "", at: location, scope) { [self] key in
            guard let text = text(key, at: location) else { return [] }
            return text.parts.flatMap { part in
                self.part(part, of: text, arguments, at: location, scope)
            }
        }
    }

    /// Finds words that stand where a key may: `{{t [page.title]}}` with `title: Getting help`.
    private func words(of call: TextCall, _ scope: Scope) -> String? {
        guard
            call.key.count == 1, case .bracket(let name) = call.key[0].kind,
            name.hasPrefix("page."), case .literal(let text) = find(name, scope),
            !TextCatalog.isKey(text)
        else { return nil }
        return text
    }

    /// Completes a key part by part.
    private func text(
        key parts: ArraySlice<KeyPart>, _ key: String, at location: Location, _ scope: Scope,
        _ put: @escaping (String) -> [Piece]
    ) -> [Piece] {
        guard let part = parts.first else { return put(key) }
        let rest = parts.dropFirst()
        switch part.kind {
        case .literal(let text):
            return self.text(key: rest, key + text, at: location, scope, put)
        case .bracket(let name):
            switch lookUp(name, at: part.location, scope) {
            case .literal(let text):
                let counted = rest.isEmpty ? pluralKey(key, for: text) : nil
                return self.text(key: rest, counted ?? key + text, at: location, scope, put)
            case .slot(let reference):
                if case .count = reference.type {
                    return pluralText(
                        key, of: reference, isLast: rest.isEmpty, at: location, put)
                }
                guard case .choice = reference.type else {
                    report("only a choice or a count can complete a key", at: part.location)
                    return []
                }
                return choose(reference, at: part.location, scope) {
                    self.text(key: rest, key + $0, at: location, scope, put)
                }
            case .records:
                report("a list cannot complete a key", at: part.location)
                return []
            case .absent:
                report("\"\(name)\" was not given", at: part.location)
                return []
            case nil:
                return []
            }
        }
    }

    private func part(
        _ part: Text.Part, of text: Text, _ arguments: [String: Value?], at location: Location,
        _ scope: Scope
    ) -> [Piece] {
        switch part {
        case .words(let words):
            return [.value(words, text.location)]
        case .markup(let markup):
            return [.inlineMarkup(Array(markup.utf8), text.location)]
        case .url(let name):
            return url(name, at: text.location)
        case .value(let name):
            switch placeholder(name, arguments, at: location, scope) {
            case .literal(let words):
                return [.value(words, location)]
            case .slot(let reference):
                return show(reference, at: location, scope)
            case .records:
                report("\"\(name)\" is a list and cannot be printed", at: location)
                return []
            case .absent:
                report("this text needs \(name)=…", at: location)
                return []
            case nil:
                return []
            }
        }
    }

    /// Finds what `{name}` in a text stands for: an argument, or what can be seen from the place.
    ///
    /// - Returns: `nil` if an argument of that name stands for nothing, which has been reported.
    private func placeholder(
        _ name: String, _ arguments: [String: Value?], at location: Location, _ scope: Scope
    ) -> Value? {
        if let argument = arguments[name] {
            return argument
        }
        guard find(name, scope) != nil else { return .absent }
        return lookUp(name, at: location, scope)
    }

    // MARK: - Conditions

    /// Decides a condition now if that is possible, and leaves both ways open otherwise.
    func condition(
        _ condition: Condition, _ then: [Node], _ otherwise: [Node], at location: Location,
        _ scope: Scope
    ) -> [Piece] {
        guard let value = lookUp(condition.name, at: location, scope) else { return [] }
        let cases = condition.cases.map { self.cases($0, scope) }
        switch value {
        case .absent:
            return expand(otherwise, scope)
        case .records(let records):
            return expand(records.isEmpty ? otherwise : then, scope)
        case .literal(let text):
            let holds = cases.map { $0.contains { $0.name == text } } ?? !text.isEmpty
            return expand(holds ? then : otherwise, scope)
        case .slot(let reference):
            guard let cases else {
                if case .choice = reference.type {
                    report(
                        "a choice is always set; say {{#if \(condition.name) is …}}", at: location)
                }
                return [
                    .branch(
                        reference, then: expand(then, scope), otherwise: expand(otherwise, scope),
                        location)
                ]
            }
            return branches(reference, cases, then, otherwise, at: location, scope)
        }
    }

    private func branches(
        _ reference: SlotReference, _ wanted: [(name: String, literal: Location?)],
        _ then: [Node], _ otherwise: [Node], at location: Location, _ scope: Scope
    ) -> [Piece] {
        guard case .choice(let cases) = reference.type else {
            report("\"\(reference.path)\" is no choice; leave out \"is\"", at: location)
            return []
        }
        for (name, literal) in wanted {
            guard let literal, !cases.contains(name) else { continue }
            report(
                "\"\(reference.path)\" is never \"\(name)\""
                    + suggestion(for: name, among: cases), at: literal)
        }
        let names = Set(wanted.map(\.name))
        let possible = scope.narrowed[reference] ?? Set(cases)
        let ways = [(then, possible.intersection(names)), (otherwise, possible.subtracting(names))]
        return [
            .choose(
                reference,
                branches: ways.map { nodes, possible in
                    guard !possible.isEmpty else { return [] }
                    var inner = scope
                    inner.narrowed[reference] = possible
                    return expand(nodes, inner)
                },
                branchOfCase: cases.map { names.contains($0) ? 0 : 1 }, location)
        ]
    }

    /// The cases a condition names.
    ///
    /// A literal has its place, where the page's choice must have the case. A bracket holds a
    /// parameter, so that a component can ask for what only some pages' choices have.
    private func cases(
        _ parts: [KeyPart], _ scope: Scope
    ) -> [(name: String, literal: Location?)] {
        parts.compactMap { part in
            switch part.kind {
            case .literal(let name):
                return (name, part.location)
            case .bracket(let name):
                guard case .literal(let text) = lookUp(name, at: part.location, scope) else {
                    report("\"\(name)\" is not known at build time", at: part.location)
                    return nil
                }
                return (text, nil)
            }
        }
    }
}
