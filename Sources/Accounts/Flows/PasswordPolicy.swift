package import Cryptography
package import Zxcvbn

/// Which passwords are good enough to be chosen.
///
/// There is a shortest length and there is zxcvbn, whose scores 0 and 1 are refused (D8); there are no
/// rules about kinds of characters (S4).
package struct PasswordPolicy: Sendable {
    private static let estimator = Estimator()
    private static let lowestScore = 2

    /// The fewest code points.
    package let shortest: Int
    /// Words that a guesser who knows the site and the person tries first.
    private let knownWords: [String]
    private let year: Int

    /// Makes the policy for one person on one site.
    ///
    /// - Parameters:
    ///   - shortest: The fewest code points.
    ///   - siteName: The name of the site, whose words a guesser knows.
    ///   - address: The person's address, as far as it is one.
    ///   - name: The person's name.
    ///   - now: Years near it count as easily guessed.
    package init(
        shortest: Int, siteName: String, address: EmailAddress?, name: PersonName = .none,
        at now: Timestamp
    ) {
        self.shortest = shortest
        year = Int(now.civilDate.year)
        knownWords = Self.words(siteName) + Self.words(name.text) + Self.words(of: address)
    }

    /// What becomes of a password that somebody chose.
    package enum Verdict: Sendable {
        case accepted(Password, Estimate)
        case missing
        case tooShort(Estimate)
        case tooLong
        case guessable(Estimate)
        /// It was seen in breaches at least so often.
        case breached(Password, Estimate, seenAtLeast: Int, mayInsist: Bool)

        /// What was found about the password, where there is one that could be looked at.
        package var estimate: Estimate? {
            switch self {
            case .accepted(_, let estimate), .tooShort(let estimate), .guessable(let estimate),
                .breached(_, let estimate, _, _):
                estimate
            case .missing, .tooLong: nil
            }
        }

        /// What became of the password.
        package var outcome: PasswordStatistic.Outcome {
            switch self {
            case .accepted: .accepted
            case .breached(_, _, _, mayInsist: true): .warned
            case .missing, .tooShort, .tooLong, .guessable, .breached: .refused
            }
        }
    }

    /// Judges a password as it was typed.
    package func judge(_ typed: String) -> Verdict {
        guard !typed.isEmpty else { return .missing }
        guard let password = try? Password(typed) else { return .tooLong }
        let estimate = Self.estimator.estimate(
            password.plainText, userInputs: knownWords, referenceYear: year)
        guard password.characterCount >= shortest else { return .tooShort(estimate) }
        guard estimate.score.rawValue >= Self.lowestScore else { return .guessable(estimate) }
        return .accepted(password, estimate)
    }

    private static func words(of address: EmailAddress?) -> [String] {
        guard let address else { return [] }
        return [address.canonical, String(address.localPart), String(address.domain)]
            + words(String(address.localPart)) + words(String(address.domain))
    }

    /// A text and the words in it, which are runs of letters and digits.
    private static func words(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return [text] + text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
