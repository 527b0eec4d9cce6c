import Hypertext

// What encloses other things: components and lists.

extension Expander {
    /// Puts a component in, or what it came to in another template if that cannot differ.
    func component(_ call: ComponentCall, at location: Location, _ scope: Scope) -> [Piece] {
        let key = Units.Key(
            call: location, language: catalog.language, role: template.role)
        if let unit = units[key] {
            return [.unit(unit)]
        }
        let outer = outermostDependence
        outermostDependence = .max
        defer { outermostDependence = min(outer, outermostDependence) }
        let pieces = expandedComponent(call, at: location, scope)
        guard outermostDependence > scope.components.count else { return pieces }
        let unit = Unit(pieces)
        units[key] = unit
        return [.unit(unit)]
    }

    /// Puts a component in, with its parameters and its body.
    private func expandedComponent(
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
        var inner = Scope(
            frames: scope.frames, samples: scope.samples, narrowed: scope.narrowed)
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

    /// Puts the body of a list in, where the slots of its rows can be seen.
    func each(
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
        case .records(let records):
            return records.flatMap { record in
                var inner = scope
                for (name, text) in record {
                    inner.parameters[name] = .literal(text)
                    inner.samples[name] = .literal(text)
                }
                return expand(body, inner)
            }
        case .literal:
            report("\"\(name)\" is no list", at: location)
            return []
        case .absent, nil:
            return []
        }
    }
}
