import Accounts
import BreachedPasswords
import Cryptography
import HTTP
import Zxcvbn

// Choosing a password: whether it is good enough, and whether it was seen in breaches.

extension Visit {
    /// Judges a password that somebody chose, and counts it in the site's statistics.
    ///
    /// - Parameters:
    ///   - typed: The password as it was typed.
    ///   - policy: The site's policy for the person.
    ///   - flow: The form in which it was sent.
    /// - Returns: The verdict.
    /// - Throws: `StoreError`.
    func judge(
        _ typed: String, by policy: PasswordPolicy, in flow: PasswordStatistic.Flow
    ) throws -> PasswordPolicy.Verdict {
        var verdict = policy.judge(typed)
        var exposure = Exposure.unknown
        if case .accepted(let password, _) = verdict, looksUpPasswords(in: flow) {
            exposure = try lookUp(password)
            verdict = verdict.considering(
                exposure, under: world.configuration.breaches[flow],
                isInsisted: warned == WarnedPassword(password, in: self))
        }
        if let estimate = verdict.estimate {
            count(estimate, exposure, verdict.outcome, in: flow)
        }
        return verdict
    }

    /// Whether passwords are looked up that are sent in a form.
    func looksUpPasswords(in flow: PasswordStatistic.Flow) -> Bool {
        world.configuration.breaches[flow] != .off
    }

    /// Finds out whether the password with which somebody just signed in was seen in breaches.
    ///
    /// - Returns: `.unknown` also if the password was looked up less than a week ago.
    /// - Throws: `StoreError`.
    func breaches(of password: Password, of account: Account) throws -> Exposure {
        guard looksUpPasswords(in: .signIn), account.wantsBreachCheck(at: now) else {
            return .unknown
        }
        let exposure = try lookUp(password)
        let policy = PasswordPolicy(for: account.email, name: account.name, in: world)
        if let estimate = policy.judge(password.plainText).estimate {
            count(estimate, exposure, .accepted, in: .signIn)
        }
        return exposure
    }

    /// Looks a password up, unless the visitor's network had a great many looked up of late (S59).
    private func lookUp(_ password: Password) throws -> Exposure {
        try begin([.lookUps(visitor.network)]) == nil ? world.exposure(password) : .unknown
    }

    private func count(
        _ estimate: Estimate, _ exposure: Exposure, _ outcome: PasswordStatistic.Outcome,
        in flow: PasswordStatistic.Flow
    ) {
        world.count(
            PasswordStatistic(
                flow, score: estimate.score, exposure: exposure, outcome: outcome, at: now))
    }

    /// What a page says about passwords before one was tried.
    var advice: PasswordAdvice {
        PasswordAdvice(
            minimum: world.configuration.shortestPassword,
            passphrases: (0..<3).map { _ in Passphrase.make(world.randomBytes) },
            showsPassword: request.query["show"] == "1")
    }

    /// What a page says about a password that was tried, and by which its form knows it again.
    func advice(on verdict: PasswordPolicy.Verdict) -> PasswordAdvice {
        var advice = advice
        switch verdict {
        case .accepted, .missing, .tooLong: break
        case .tooShort(let estimate), .guessable(let estimate): advice.estimate = estimate
        case .breached(let password, _, let count, let mayInsist):
            advice.sightings = Sightings(count)
            advice.mayInsist = mayInsist
            advice.warned = mayInsist ? WarnedPassword(password, in: self) : nil
        }
        return advice
    }
}

extension PasswordPolicy {
    /// The site's policy for a person.
    init(for address: EmailAddress?, name: PersonName, in world: World) {
        self.init(
            shortest: world.configuration.shortestPassword, siteName: world.configuration.siteName,
            address: address, name: name, at: world.now())
    }
}

/// The password of which a form has warned, so that it is taken when it comes again.
///
/// These are sixteen bits of a tag under a key of ours. They stand, sealed, in the page for whoever
/// typed the password; sixteen bits tell nobody what it was, and another breached password passes
/// for it once in 65,536 times.
struct WarnedPassword: Equatable {
    static let byteCount = 2
    private static let purpose: Purpose = "warned-password"

    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init?(_ password: Password, in visit: Visit) {
        let keys = visit.world.keys
        guard let key = keys.key(keys.newestID, for: Self.purpose) else { return nil }
        let tag = key.tag(of: visit.browser.tag.bytes, Array(password.plainText.utf8))
        bytes = Array(tag.bytes.prefix(Self.byteCount))
    }
}
