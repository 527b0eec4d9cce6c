// The original computes in JavaScript's numbers, so every sum here is one of doubles, in the same
// order where that is cheap. Nothing overflows into a trap: what is too large is infinite.

/// What the standard library lacks without the C library: powers, logarithms, binomials.
enum Arithmetic {
    /// The largest power of ten that a double holds.
    static let largestPowerOfTen = 308

    // Exponents at which `Math.pow(10, n)` of V8 is one unit in the last place above or below the
    // nearest double. They decide ties between sequences of more than 10²⁶ guesses.
    private static let tooHigh: [Int] = [
        29, 34, 39, 49, 58, 61, 111, 126, 165, 166, 169, 187, 215, 225, 273, 274, 275,
    ]
    private static let tooLow: [Int] = [
        26, 36, 42, 70, 95, 96, 136, 142, 191, 210, 218, 232, 242, 244, 260, 279, 284, 290, 294,
    ]

    /// 10⁰, 10¹, … 10³⁰⁸ as the original computes them.
    static let powersOfTen: [Double] = {
        var powers = (0...largestPowerOfTen).map { Double("1e\($0)") ?? .infinity }
        for exponent in tooHigh { powers[exponent] = powers[exponent].nextUp }
        for exponent in tooLow { powers[exponent] = powers[exponent].nextDown }
        return powers
    }()

    /// 0!, 1!, … 170!, the last that a double holds.
    static let factorials: [Double] = (1...170).reduce(into: [1]) { factorials, n in
        factorials.append(factorials[n - 1] * Double(n))
    }

    /// How many ways there are to choose 1, 2, … `limit` of `n` things, together.
    ///
    /// - Complexity: O(`limit`).
    static func choices(of n: Int, upTo limit: Int) -> Double {
        var sum = 0.0
        var binomial = 1.0
        for k in stride(from: 1, through: limit, by: 1) {
            binomial *= Double(n - k + 1)
            binomial /= Double(k)
            sum += binomial
        }
        return sum
    }

    /// The decimal logarithm of a positive number.
    static func log10(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x }
        var exponent = Double(x.exponent)
        var significand = x.significand
        // Around 1, so that the series below converges fast.
        if significand > 1.4142135623730951 {
            significand /= 2
            exponent += 1
        }
        // ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1) / (m + 1), |s| < 0.172.
        let s = (significand - 1) / (significand + 1)
        var series = 0.0
        for power in stride(from: 23, through: 1, by: -2) {
            series = series * s * s + 1 / Double(power)
        }
        let ln2 = 0.6931471805599453
        let ln10 = 2.302585092994046
        return (exponent * ln2 + 2 * s * series) / ln10
    }
}
