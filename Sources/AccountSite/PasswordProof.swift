import Accounts
import Cryptography
import HTTP

/// What came of asking somebody who is signed in for the password again.
enum PasswordProof {
    case right
    case missing
    case wrong
    case throttled(until: Timestamp)
}

extension Visit {
    /// Checks the password that stands in a field against the account's, and counts failures.
    func provePassword(
        _ field: String, of member: Member, for flow: LogEntry.Flow
    ) throws -> PasswordProof {
        let typed = request.form[field] ?? ""
        guard !typed.isEmpty else { return .missing }
        let keys: [ThrottleKey] = [.session(member.account.id)]
        if let until = try begin(keys) {
            log(.throttled, flow, account: member.account.id)
            return .throttled(until: until)
        }
        guard let password = try? Password(typed),
            try verifies(password, member.account.password ?? world.decoy, counting: keys)
        else {
            try note(.wrongPassword, of: member.account.id)
            log(.badPassword, flow, account: member.account.id)
            return .wrong
        }
        try world.store.updateThrottles(keys) { Attempt.succeed(keys, &$0) }
        return .right
    }

    /// Checks the password that a form asks for, and notes in the form what is wrong with it.
    ///
    /// - Parameters:
    ///   - member: Whose password it is.
    ///   - form: The form, which the page goes on with.
    ///   - flow: What the password is asked for.
    /// - Returns: The answer where it is too early to try one, and otherwise nil.
    /// - Throws: `StoreError`, or what verifying it throws.
    func provePassword(
        of member: Member, in form: inout some PasswordAskingForm, for flow: LogEntry.Flow
    ) throws -> Reply? {
        switch try provePassword("password", of: member, for: flow) {
        case .right: break
        case .missing: form.problems.append(Problem(.password, .passwordMissing))
        case .wrong: form.problems.append(Problem(.password, .passwordWrong))
        case .throttled(let until): return try throttled(form, until: until)
        }
        return nil
    }

    /// Whether a password is the one that was hashed, of which an attempt was counted.
    ///
    /// An attempt for which there is no room is taken back. Otherwise a stranger who keeps all places
    /// taken would make the owner's right passwords count as failures (A21).
    func verifies(
        _ password: Password, _ hash: PasswordHash, counting keys: [ThrottleKey]
    ) throws -> Bool {
        do {
            return try world.verifies(password, hash)
        } catch {
            try world.store.updateThrottles(keys) { Attempt.abandon(&$0) }
            throw error
        }
    }
}
