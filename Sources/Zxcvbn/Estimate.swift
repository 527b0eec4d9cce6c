/// How many guesses a password takes, and why.
public struct Estimate: Sendable, Equatable {
    /// How many guesses find the password.
    public let guesses: Double
    /// The matches of which the password consists for the attacker who finds it soonest.
    public let sequence: [Match]
    /// What to tell the person.
    public let feedback: Feedback

    /// The decimal logarithm of the guesses.
    public var guessesLog10: Double { Arithmetic.log10(guesses) }

    /// The guesses as a score from 0 to 4.
    public var score: Score { Score(guesses: guesses) }

    /// How long an attack takes to find the password.
    ///
    /// - Parameter attack: how the attacker tries guesses.
    /// - Returns: the time until the last guess.
    public func crackTime(_ attack: Attack) -> CrackTime {
        CrackTime(seconds: guesses / attack.guessesPerSecond)
    }
}
