/// What a key is used for, in a word that every derived key and every tag depends on.
///
/// What was made for one purpose is nothing for another (P5).
package struct Purpose: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The word, such as `session`.
    package let label: String

    /// Names a purpose.
    package init(stringLiteral label: StaticString) {
        self.label = label.description
    }
}
