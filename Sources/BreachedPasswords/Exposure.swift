/// How often a password was seen in breaches.
package enum Exposure: Sendable, Hashable {
    /// Nobody could say: there is no list, or no answer.
    case unknown
    /// It is not in the list.
    case unseen
    /// It was seen that many times or more; at least once.
    case seen(atLeast: Int)

    /// Whether it was seen.
    package var isSeen: Bool {
        if case .seen = self { true } else { false }
    }
}
