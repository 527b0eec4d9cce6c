/// A part of a password, and what it was recognised as.
public struct Match: Sendable, Equatable {
    /// The positions of the first and the last UTF-16 unit.
    public let range: ClosedRange<Int>
    /// What the part was recognised as.
    public let pattern: Pattern
    /// How many guesses find the part.
    public let guesses: Double

    /// The part of the password that the match covers.
    ///
    /// - Parameter password: the password in which the match was found.
    /// - Returns: the text; a surrogate without its partner reads as U+FFFD.
    public func token(in password: String) -> String {
        String(
            decoding: password.utf16.dropFirst(range.lowerBound).prefix(range.count), as: UTF16.self
        )
    }
}
