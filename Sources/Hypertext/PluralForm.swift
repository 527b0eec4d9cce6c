/// The forms that a language has for numbers of things, as Unicode's CLDR names them.
package enum PluralForm: Int, CaseIterable, Sendable {
    case zero, one, two, few, many, other

    /// The name, as the keys of texts say it.
    package var name: String { "\(self)" }
}
