package import Cryptography

/// Proving a second factor by a code, whatever it is a code of.
package enum SecondFactor {
    /// What somebody typed, as far as it can be a code.
    package struct Proof: Sendable {
        /// Six digits, of an app or a text message.
        package let digits: SixDigitCode?
        /// The tag of those digits as the code of a text message.
        package let text: AuthenticationTag?
        /// The tag of a recovery code.
        package let recoveryCode: AuthenticationTag?
        /// On whose behalf: the attempt or session to which text messages were sent.
        package let holder: CodeHolder

        package init(
            digits: SixDigitCode?, text: AuthenticationTag?, recoveryCode: AuthenticationTag?,
            holder: CodeHolder
        ) {
            self.digits = digits
            self.text = text
            self.recoveryCode = recoveryCode
            self.holder = holder
        }
    }

    /// Of what a code was right.
    package enum Kind: String, Sendable, CaseIterable {
        case app
        case text
        case recoveryCode = "recovery-code"
    }

    /// What one code comes to.
    package enum Outcome: Sendable, Equatable {
        case accepted(Kind)
        case wrong
        /// It was not looked at, because too many before it were wrong.
        case throttled(until: Timestamp)
        /// It was the last wrong one: the password works no more, and has to be reset.
        case exhausted
    }

    /// How long to wait after wrong codes, whoever typed them wherever (A28, S24).
    ///
    /// With a window of three steps, thirty codes are right once in 10⁴ times (RFC 4226 §7.3); the
    /// thirtieth takes the password away. A quiet month forgets them.
    package static let limit = Throttle.Limit(
        free: 5, firstWait: 10, longestWait: Duration.hour, memory: 30 * Duration.day)

    /// How many wrong codes take the password away.
    package static let mostFailures = 30
}

extension Account {
    /// Checks a code, and counts it, uses it up, or takes the password away.
    ///
    /// This happens under the account's lock, so that of two with one code only one succeeds (A31).
    ///
    /// - Parameters:
    ///   - proof: What was typed.
    ///   - now: The time.
    ///   - open: Opens the key of an app.
    /// - Returns: What came of it.
    /// - Throws: What `open` throws.
    package mutating func prove(
        _ proof: SecondFactor.Proof, at now: Timestamp,
        opening open: (AuthenticatorApp) throws -> TOTPKey
    ) rethrows -> SecondFactor.Outcome {
        let failures = factorFailures.remembered(at: now, under: SecondFactor.limit)
        let opensAt = failures.opensAt(under: SecondFactor.limit)
        guard opensAt <= now else { return .throttled(until: opensAt) }

        if let kind = try accepts(proof, at: now, opening: open) {
            factorFailures = .open
            return .accepted(kind)
        }
        factorFailures = failures.failing(at: now, under: SecondFactor.limit)
        guard factorFailures.failures >= SecondFactor.mostFailures else { return .wrong }
        requireReset(because: .secondFactorGuessed, at: now)
        return .exhausted
    }

    private mutating func accepts(
        _ proof: SecondFactor.Proof, at now: Timestamp,
        opening open: (AuthenticatorApp) throws -> TOTPKey
    ) rethrows -> SecondFactor.Kind? {
        if let digits = proof.digits {
            for app in factors.apps {
                let step = try open(app).step(
                    accepting: digits, at: now.seconds, after: app.lastStep)
                guard let step else { continue }
                factors.use(step, of: app.id)
                return .app
            }
        }
        if factors.phone != nil, let tag = proof.text,
            takeCode(tag, of: proof.holder, at: now) != nil
        {
            return .text
        }
        if !factors.isEmpty, let tag = proof.recoveryCode, factors.use(tag) {
            return .recoveryCode
        }
        return nil
    }
}
