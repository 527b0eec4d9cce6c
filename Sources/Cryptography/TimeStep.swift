/// Half a minute, for which an authenticator app shows one code (RFC 6238 §4.1, S14).
package struct TimeStep: Sendable, Hashable, Comparable {
    private static let durationInSeconds: Int64 = 30

    /// How many steps have passed since 1970.
    package let number: Int64

    /// Takes a step by its number.
    package init(number: Int64) {
        self.number = number
    }

    /// Finds the step of a time in seconds since 1970.
    package init(at now: Int64) {
        let (quotient, remainder) = now.quotientAndRemainder(dividingBy: Self.durationInSeconds)
        number = remainder < 0 ? quotient - 1 : quotient
    }

    /// Whether one step is before another.
    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
