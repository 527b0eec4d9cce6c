/// Something about an installation that keeps it from working, in one sentence.
package struct Defect: Error, Equatable, CustomStringConvertible {
    /// Where it is and what is wrong.
    package let problem: String
    /// What to do about it; empty where the problem says it already.
    package let remedy: String

    package init(_ problem: String, remedy: String = "") {
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String {
        remedy.isEmpty ? problem : "\(problem); \(remedy)"
    }
}

/// Everything that keeps an installation from working.
package struct InstallationError: Error, Equatable, CustomStringConvertible {
    package let defects: [Defect]

    package init(_ defects: [Defect]) {
        self.defects = defects
    }

    init(_ problem: some CustomStringConvertible, remedy: String = "") {
        defects = [Defect(problem.description, remedy: remedy)]
    }

    /// The defects, a line each.
    package var description: String {
        defects.map(\.description).joined(separator: "\n")
    }
}
