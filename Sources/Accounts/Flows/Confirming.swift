package import Cryptography

/// What somebody brings who wants to confirm something.
package enum ConfirmationProof: Sendable {
    /// The tag of the secret of a mailed link.
    case link(AuthenticationTag)
    /// The tag of a typed code, or nil for a text that cannot be a code.
    case code(AuthenticationTag?)
}

extension Confirmation {
    /// Why a confirmation does not accept a proof.
    package enum Refusal: Sendable, Equatable {
        /// The link is not the one that was mailed last, or the code is not right.
        case wrong
        case expired
        /// It was confirmed before.
        case used
    }

    /// Checks a proof.
    ///
    /// - Returns: nil if it is right.
    package func refusal(of proof: ConfirmationProof, at now: Timestamp) -> Refusal? {
        switch proof {
        case .link(let tag):
            guard tag == secret else { return .wrong }
        case .code(let tag):
            guard misses < Self.mostMisses else { return .expired }
            guard let tag, let code, tag == code else { return .wrong }
        }
        guard state == .open else { return .used }
        return isOpen(at: now) ? nil : .expired
    }

    /// Checks a proof and, if it is right, uses the confirmation up; a wrong code is counted.
    ///
    /// This happens under the confirmation's lock, so that of two at once only one succeeds (A4).
    package mutating func use(_ proof: ConfirmationProof, at now: Timestamp) -> Refusal? {
        let refusal = refusal(of: proof, at: now)
        switch (proof, refusal) {
        case (_, nil): state = .used
        case (.code, .wrong): misses += 1
        default: break
        }
        return refusal
    }
}
