package import BreachedPasswords

/// What becomes of a password that was seen in breaches (D3).
package enum BreachRule: String, Sendable, CaseIterable {
    /// It is not looked up.
    case off
    /// The person is told, and may take it all the same.
    case warn
    /// It is refused, as NIST SP 800-63B-4 §3.1.1.2 and ASVS 6.2.12 want it.
    case block
}

extension PasswordPolicy.Verdict {
    /// The verdict once the password was looked up.
    ///
    /// - Parameters:
    ///   - exposure: How often it was seen. That nobody could say keeps no one from anything (A26).
    ///   - rule: What becomes of it if it was.
    ///   - isInsisted: Whether the person was told of this very password, and sent it once more.
    /// - Returns: The verdict.
    package func considering(
        _ exposure: Exposure, under rule: BreachRule, isInsisted: Bool
    ) -> Self {
        guard case .accepted(let password, let estimate) = self,
            case .seen(let count) = exposure
        else { return self }
        return switch rule {
        case .off: self
        case .warn where isInsisted: self
        case .warn: .breached(password, estimate, seenAtLeast: count, mayInsist: true)
        case .block: .breached(password, estimate, seenAtLeast: count, mayInsist: false)
        }
    }
}
