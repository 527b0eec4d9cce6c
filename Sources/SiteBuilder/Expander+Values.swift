import Hypertext

// What names stand for, and how it is printed.

extension Expander {
    func variable(_ name: String, at location: Location, _ scope: Scope) -> [Piece] {
        switch lookUp(name, at: location, scope) {
        case .literal(let text):
            return [.value(text, location)]
        case .records:
            report("\"\(name)\" is a list and cannot be printed", at: location)
            return []
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
        case .text, .url, .count:
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
        guard !template.isStyleguide else { return .absent }
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
        case "page.direction": return .literal((catalog.direction ?? .leftToRight).rawValue)
        case _ where name.hasPrefix("page."):
            outermostDependence = 0
            return pageValue(String(name.dropFirst("page.".count)))
        case "site.languages":
            return .records(
                site.catalogs.count > 1 ? site.catalogs.map { site.record(of: $0.language) } : [])
        case "site.honour": return .records(site.honour)
        case "site.notices": return .records(units.notices[catalog.language] ?? [])
        case _ where name.hasPrefix("site."):
            let scalar = site.facts[String(name.dropFirst("site.".count))]
            return scalar.map { .literal($0.text) } ?? .absent
        default:
            break
        }
        if let parameter = scope.parameters[name] {
            outermostDependence = min(outermostDependence, scope.components.count)
            return parameter
        }
        outermostDependence = 0
        for (depth, frame) in scope.frames.enumerated().reversed() {
            if let slot = frame.slots.firstIndex(where: { $0.name == name }) {
                return .slot(
                    SlotReference(
                        depth: depth, slot: slot, type: frame.slots[slot].type,
                        path: frame.prefix + name))
            }
        }
        usedSamples.insert(name)
        return scope.samples[name]
    }

    /// What the page that is being built says of itself, or the site of the page.
    private func pageValue(_ name: String) -> Value {
        switch name {
        case "name": return .literal(template.name)
        case "path":
            return page.map { .literal($0.url) } ?? .absent
        case "address":
            guard let page, !page.isStatus, let address = site.address else { return .absent }
            return .literal(address + page.url)
        case "alternates":
            return .records(page.map(alternates) ?? [])
        default:
            return template.frontMatter.scalars[name].map { .literal($0.text) } ?? .absent
        }
    }

    /// The page in each language, if there are several; none for what a server answers instead.
    private func alternates(of page: StaticPage) -> [[String: String]] {
        guard let paths = site.pagePaths[page.template.name], paths.count > 1 else { return [] }
        return paths.sorted { $0.key < $1.key }.map { language, path in
            site.record(of: language).merging(
                ["path": path, "address": (site.address ?? "") + path]
            ) { first, _ in first }
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
}
