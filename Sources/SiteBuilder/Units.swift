/// What is expanded once for all templates: components that come to the same everywhere, and lists.
final class Units {
    /// A component as it is called at a place.
    struct Key: Hashable {
        let call: Location
        let language: String
        let role: Template.Role
    }

    private var units: [Key: Unit] = [:]
    /// The notices in each language, newest first.
    let notices: [String: [[String: String]]]

    init(notices: [String: [[String: String]]]) {
        self.notices = notices
    }

    subscript(key: Key) -> Unit? {
        get { units[key] }
        set { units[key] = newValue }
    }
}
