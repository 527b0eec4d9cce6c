// What only the styleguide has: components with made-up slots, and what they are written like.

extension Expander {
    /// Puts in what shows something, with values for the slots that it asks for.
    ///
    /// `problems.field="email"` makes a row of a list; a name that comes again begins the next row.
    func example(
        _ arguments: [Argument], _ scope: Scope, _ body: (Scope) -> [Piece]
    ) -> [Piece] {
        guard template.isStyleguide else {
            if let argument = arguments.first {
                report("examples stand in the styleguide only", at: argument.location)
            }
            return body(scope)
        }
        var inner = scope
        inner.samples.merge(samples(arguments, scope)) { $1 }
        let pieces = body(inner)
        for argument in arguments where !usedSamples.contains(Self.sampleName(argument)) {
            report("nothing here asks for \"\(argument.name)\"", at: argument.location)
        }
        return pieces
    }

    private func samples(_ arguments: [Argument], _ scope: Scope) -> [String: Value] {
        var samples: [String: Value] = [:]
        var lists: [String: [[String: String]]] = [:]
        for argument in arguments {
            guard let value = value(of: argument, scope) else { continue }
            guard let dot = argument.name.firstIndex(of: "."), case .literal(let text) = value
            else {
                samples[argument.name] = value
                continue
            }
            let slot = String(argument.name[dot...].dropFirst())
            var rows = lists[Self.sampleName(argument)] ?? []
            if rows.last.map({ $0[slot] != nil }) ?? true {
                rows.append([:])
            }
            rows[rows.count - 1][slot] = text
            lists[Self.sampleName(argument)] = rows
        }
        return samples.merging(lists.mapValues(Value.records)) { $1 }
    }

    /// The name of the slot that an argument is about.
    private static func sampleName(_ argument: Argument) -> String {
        String(argument.name.prefix { $0 != "." })
    }

    /// Puts in how a component is written, or a layout: `{{source field}}`, `{{source layouts/form}}`.
    func source(_ name: [KeyPart], at location: Location, _ scope: Scope) -> [Piece] {
        let name = name.map { part in
            switch part.kind {
            case .literal(let text): return text
            case .bracket(let parameter):
                let value = lookUp(parameter, at: part.location, scope)
                guard case .literal(let text) = value else { return "" }
                return text
            }
        }.joined()
        let layout = "layouts/"
        let file =
            name.hasPrefix(layout)
            ? site.layouts[name.dropFirst(layout.count) + ".html"] : site.components[name + ".html"]
        guard let file else {
            report(
                "there is no component \"\(name)\""
                    + suggestion(for: name, among: Self.names(of: site.components)), at: location)
            return []
        }
        let text = String(decoding: file.file.bytes, as: UTF8.self)
        return [.value(text.hasSuffix("\n") ? String(text.dropLast()) : text, location)]
    }
}
