/// A code of six digits, as an authenticator app shows it and a person types it.
///
/// It is kept as a number, for two numbers are compared in one instruction: how long that takes does
/// not tell how many digits are right.
package struct SixDigitCode: Sendable, Equatable {
    static let digitCount = 6

    private let number: UInt32

    init(number: UInt32) {
        self.number = number
    }

    /// Makes a code, each as likely as the others.
    package static func random(_ randomBytes: (Int) -> [UInt8]) -> Self {
        let count: UInt32 = 1_000_000
        let fair = UInt32.max / count * count
        while true {
            let number = randomBytes(4).reduce(0) { $0 << 8 | UInt32($1) }
            if number < fair { return Self(number: number % count) }
        }
    }

    /// The six digits.
    package var text: String {
        let digits = String(number)
        return String(repeating: "0", count: Self.digitCount - digits.utf8.count) + digits
    }

    /// Reads what a person typed or pasted.
    ///
    /// Spaces, hyphens and invisible characters are skipped, and the decimal digits of every script
    /// are digits.
    ///
    /// - Returns: `nil` if what remains is not six digits (A33).
    package init?(typed: some StringProtocol) {
        var number: UInt32 = 0
        var count = 0
        for character in typed.typedCharacters {
            guard count < Self.digitCount, let value = character.decimalValue else { return nil }
            number = number * 10 + value
            count += 1
        }
        guard count == Self.digitCount else { return nil }
        self.number = number
    }
}

extension Unicode.Scalar {
    fileprivate var decimalValue: UInt32? {
        guard properties.generalCategory == .decimalNumber else { return nil }
        return properties.numericValue.map { UInt32($0) }
    }
}
