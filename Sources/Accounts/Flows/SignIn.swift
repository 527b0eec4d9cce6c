/// Signing in with a password.
package enum SignIn {
    /// What one attempt comes to.
    package enum Outcome: Sendable, Equatable {
        case signedIn(Account)
        case refused
        /// The password is right, but the operator keeps its owner out; the answer is as for `refused`.
        case disabled(Account)
    }

    /// Decides an attempt on the account at an address, or on no account at all.
    ///
    /// Nothing in an answer tells whether there is an account (A15). The caller verifies the password
    /// in every case, against a decoy if need be, so that every answer takes as long (A16).
    package static func decide(_ account: Account?, passwordMatches: Bool) -> Outcome {
        guard let account, passwordMatches, account.password != nil else { return .refused }
        return account.isDisabled ? .disabled(account) : .signedIn(account)
    }

    /// What an attempt is counted against.
    ///
    /// - Parameters:
    ///   - address: The address that was typed.
    ///   - network: Where the attempt comes from.
    ///   - device: The nonce of a browser from which the account was used before; its failures are
    ///     counted alone, so that strangers cannot lock it out (A21).
    /// - Returns: The throttles, all of which must be open.
    package static func throttles(
        _ address: EmailAddress, from network: String, device: [UInt8]?
    ) -> [ThrottleKey] {
        guard let device else {
            return [
                .network(network), .address(address.canonical),
                .pair(address: address.canonical, network: network),
            ]
        }
        return [.device(device)]
    }
}
