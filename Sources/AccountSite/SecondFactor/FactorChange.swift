import Accounts
import Cryptography
import HTTP

/// What came of changing the factors of an account.
enum FactorChange {
    case done(Redirection)
    /// The change could not be made of the account as it is now.
    case full
    /// The session is over, or the account not what it was.
    case over
}

extension Visit {
    /// Whether a change is to end all other sessions; that is offered, and left out by who does not
    /// want it (S26).
    var endsOthers: Bool { request.method != .post || request.form["end-others"] == "yes" }

    /// Changes the factors of a member, tells them of it, and gives their session a new name.
    ///
    /// - Parameters:
    ///   - member: Who changes them.
    ///   - change: What is changed, as the notice calls it.
    ///   - perform: Makes the change, and says whether it could be made.
    /// - Returns: Where to go; to the new recovery codes, where these are the first factors.
    /// - Throws: `StoreError`.
    func changeFactors(
        of member: Member, _ change: Confirmation.Change,
        _ perform: (inout Factors, inout Account) -> Bool
    ) throws -> FactorChange {
        var codes: NewRecoveryCodes?
        struct NotPerformed: Error {}
        // The code that proves the first factor is as good as one at sign-in. Any other change proves
        // nothing of who makes it, so that the next one asks when this would have asked.
        let isFirst = member.account.factors.isEmpty
        let session: SetCookie?
        do {
            session = try begin(
                isFirst ? newSession(at: .two) : renamedSession(of: member), of: member.account,
                inPlaceOf: member.session.id
            ) { account in
                let hadNone = account.factors.isEmpty
                var factors = account.factors
                guard perform(&factors, &account) else { throw NotPerformed() }
                account.factors = factors
                if hadNone, !factors.isEmpty {
                    let new = NewRecoveryCodes(at: now, randomBytes: world.randomBytes)
                    account.factors.setRecoveryCodes(new.tags(of: account.id, in: world))
                    codes = new
                }
                if endsOthers { account.endSessions() }
            }
        } catch is NotPerformed {
            return .full
        }
        guard let session else { return .over }
        log(.ok, .factors, account: member.account.id)
        try note(change.event, of: member.account.id)
        try tell(of: change, member.account)
        let ended = endsOthers ? "&ended=\(member.account.sessions.count - 1)" : ""
        guard let codes else {
            return .done(
                Redirection(to: .account, "notice=\(change.rawValue)\(ended)", setting: [session]))
        }
        let cookie = codes.set(isShown: false, of: member.account.id, in: world)
        return .done(
            Redirection(
                to: .recoveryCodes, "notice=\(change.rawValue)",
                setting: [session, cookie].compactMap(\.self)))
    }

    /// Changes the factors of a member by what concerns them alone.
    func changeFactors(
        of member: Member, _ change: Confirmation.Change, _ perform: (inout Factors) -> Bool
    ) throws -> FactorChange {
        try changeFactors(of: member, change) { factors, _ in perform(&factors) }
    }
}

extension Confirmation.Change {
    /// The event of the same name.
    fileprivate var event: Event.Kind {
        switch self {
        case .passwordChanged: .passwordChanged
        case .passwordReset: .passwordReset
        case .addressChanged: .addressChanged
        case .newDevice: .newDevice
        case .appAdded: .appAdded
        case .appRemoved: .appRemoved
        case .phoneAdded: .phoneAdded
        case .phoneRemoved: .phoneRemoved
        case .recoveryCodesMade: .recoveryCodesMade
        case .recoveryCodeUsed: .recoveryCodeUsed
        case .passwordKnown: .secondFactorFailed
        }
    }
}
