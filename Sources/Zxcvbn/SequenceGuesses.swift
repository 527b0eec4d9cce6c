/// The two terms that depend only on a sequence's length.
enum SequenceGuesses {
    /// The length of the longest sequence that takes a finite number of guesses.
    static let longest = Arithmetic.largestPowerOfTen / 4 + 1

    /// In how many orders so many matches can come.
    static let orders: [Double] = Array(Arithmetic.factorials.prefix(longest + 2))

    /// How many guesses an attacker spends on sequences shorter than this, 10000^(length − 1).
    static let shorter: [Double] =
        [0]
        + stride(from: 0, through: Arithmetic.largestPowerOfTen, by: 4).map {
            Arithmetic.powersOfTen[$0]
        }
}
