import Hypertext

/// The ids that a page has, and what it points at.
struct PageFacts {
    /// The cases of slots in which a place of the page is reached.
    typealias Guard = [SlotReference: Set<Int>]

    /// A place that has an id.
    struct Anchor {
        let guards: Guard
        let location: Location
    }

    /// Something that points at an id.
    struct Reference {
        /// The page, or `""` for the same.
        let path: String
        let id: String
        /// The attribute in which it stands.
        let attribute: String
        let location: Location
    }

    private(set) var anchors: [String: [Anchor]] = [:]
    private(set) var references: [Reference] = []
    private(set) var classes: [(name: String, location: Location)] = []

    /// Adds an id.
    ///
    /// - Returns: Where the page has the same id already, reached in the same case.
    mutating func add(id: String, _ anchor: Anchor) -> Anchor? {
        let earlier = anchors[id]?.first { !$0.excludes(anchor) }
        anchors[id, default: []].append(anchor)
        return earlier
    }

    mutating func add(_ reference: Reference) {
        references.append(reference)
    }

    mutating func add(class name: String, at location: Location) {
        classes.append((name, location))
    }

    /// Reports what points at an id that the page itself lacks.
    ///
    /// - Returns: What points at other pages.
    func checkReferences(
        of template: Template, _ problems: Problems
    ) -> [Reference] {
        references.filter { reference in
            guard reference.path.isEmpty else { return true }
            if anchors[reference.id] == nil {
                let ids = anchors.keys.map(AttributeValue.spelling)
                let id = AttributeValue.spelling(of: reference.id)
                problems.report(
                    "\(reference.attribute)=: nothing on this page has the id \"\(id)\""
                        + suggestion(for: id, among: ids),
                    at: reference.location, building: template.file.path)
            }
            return false
        }
    }
}

extension PageFacts.Anchor {
    /// Tells whether the two are never on the page at the same time.
    func excludes(_ other: Self) -> Bool {
        guards.contains { slot, cases in
            other.guards[slot].map { cases.isDisjoint(with: $0) } ?? false
        }
    }
}
