/// How many guesses find units in which nothing was recognised.
enum BruteForce {
    /// The guesses for so many units: ten each, and never more than the largest number.
    ///
    /// One guess more than the least that a recognised part of that length may take, so that a
    /// recognised part comes first.
    static let guessesByLength: [Double] = {
        var guesses = Arithmetic.powersOfTen
        guesses[1] = minimum(ofLength: 1) + 1
        guesses[2] = max(guesses[2], minimum(ofLength: 2) + 1)
        return guesses
    }()

    /// The guesses for `length` units.
    static func guesses(length: Int) -> Double {
        length <= Arithmetic.largestPowerOfTen
            ? guessesByLength[length] : Double.greatestFiniteMagnitude
    }

    /// The least guesses for a recognised part of `length` units in a longer password.
    static func minimum(ofLength length: Int) -> Double { length == 1 ? 10 : 50 }
}
