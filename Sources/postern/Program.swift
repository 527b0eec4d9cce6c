import AccountSite
import Hypertext

/// What the account program offers to its templates.
enum Program {
    /// What it fills.
    static let schemas = Pages.schemas

    /// Its routes: paths by name.
    static let routes = Route.paths.merging(["score": "/score"]) { own, _ in own }
}
