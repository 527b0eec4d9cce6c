/// The rules of the gate, of which the one with the longest path holds.
package struct GateRules: Sendable, Equatable {
    /// The longest path first.
    private let rules: [GateRule]

    /// Takes rules, no two of which are for the same path.
    init(_ rules: [GateRule]) {
        self.rules = rules.sorted { $0.path.count > $1.path.count }
    }

    /// Finds the rule for a path, by whole names between slashes.
    ///
    /// A path that no rule covers is for whoever is signed in, because it is behind the gate, or else
    /// nobody would ask.
    ///
    /// The translations of a page stand below their languages, and a rule for `/members/` holds for
    /// `/de/members/`, too.
    ///
    /// - Parameters:
    ///   - path: The path, decoded and normalised.
    ///   - languages: The languages of the site.
    /// - Returns: The rule.
    package func rule(
        for path: some Collection<UInt8>, in languages: [String] = []
    ) -> GateRule {
        let path = GateRule.withLastSlash(Array(path))
        let language = languages.first { path.starts(with: "/\($0)/".utf8) }
        let original = path.dropFirst(language.map { $0.utf8.count + 1 } ?? 0)
        return rules.first { path.starts(with: $0.path) || original.starts(with: $0.path) }
            ?? .signedIn
    }
}
