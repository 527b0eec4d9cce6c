/// Estimates how many guesses a password takes.
public struct Estimator: Sendable {
    /// Makes an estimator with the built-in word lists.
    public init() {}
}
