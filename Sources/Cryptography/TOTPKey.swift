/// The secret that an account shares with an authenticator app: 160 random bits (RFC 4226 §4, S16).
///
/// App and server make codes of it and of the time (RFC 6238), with SHA-1, six digits and half
/// minutes, because that is what apps honour (D7).
package struct TOTPKey: Sendable {
    /// The length of a key in bytes.
    package static let byteCount = 20

    /// The key itself, to be sealed.
    package let bytes: [UInt8]

    /// Makes a key of ``byteCount`` random bytes.
    package init(randomBytes bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a key is \(Self.byteCount) bytes")
        self.bytes = bytes
    }

    /// Takes a key that was sealed.
    ///
    /// - Returns: `nil` if it is not of ``byteCount`` bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The key as apps read it: base32.
    package var text: String { Base32.encode(bytes) }

    /// The key as it is shown to somebody who types it into an app, in groups of four.
    package var displayed: String { text.inGroupsOfFour(separatedBy: " ") }

    /// Finds the time step of which a code is, and which may be used up by it.
    ///
    /// The app's clock may be a little off, and typing takes time, so the codes of the step before
    /// and the one after are right as well (RFC 6238 §5.2, S14). A code is right once: only a step
    /// after `last` counts, and the caller stores the step that is returned in place of `last`, under
    /// the lock under which `last` was read (S15, A30, A31).
    ///
    /// - Parameters:
    ///   - code: What was typed.
    ///   - now: The time in seconds since 1970.
    ///   - last: The step of the last code that was right, be it at enrolment.
    /// - Returns: The step to store, or `nil` if the code is not right.
    package func step(
        accepting code: SixDigitCode, at now: Int64, after last: TimeStep?
    ) -> TimeStep? {
        let hmac = HMAC<SHA1>(key: bytes)
        let current = TimeStep(at: now)
        var accepted: TimeStep?
        // All three are looked at, whichever is right. One code may by chance be that of two steps;
        // the later one is used up, or the code would be right again.
        for step in (-1...1).map({ TimeStep(number: current.number + $0) }) {
            let isRight = code == Self.code(of: step, hmac: hmac)
            let isNew = last.map { $0 < step } ?? true
            if isRight && isNew {
                accepted = step
            }
        }
        return accepted
    }

    private static func code(of step: TimeStep, hmac: HMAC<SHA1>) -> SixDigitCode {
        SixDigitCode(
            number: HOTP.password(
                at: UInt64(bitPattern: step.number), hmac: hmac,
                digitCount: SixDigitCode.digitCount))
    }
}

extension TOTPKey: Concealed {
    /// A word in place of the key.
    package var description: String { "(key)" }
}
