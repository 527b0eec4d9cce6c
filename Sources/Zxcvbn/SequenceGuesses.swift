/// The two terms that depend only on a sequence's length.
enum SequenceGuesses {
    /// No sequence is longer.
    static let longest = Estimator.longestPassword + 1

    /// In how many orders so many matches can come.
    static let orders: [Double] = padded(Arithmetic.factorials)

    /// How many guesses an attacker spends on sequences shorter than this.
    static let shorter: [Double] = padded(
        [0]
            + stride(from: 0, through: Arithmetic.largestPowerOfTen, by: 4).map {
                Arithmetic.powersOfTen[$0]
            })

    private static func padded(_ numbers: [Double]) -> [Double] {
        numbers + [Double](repeating: .infinity, count: longest + 1 - numbers.count)
    }
}
