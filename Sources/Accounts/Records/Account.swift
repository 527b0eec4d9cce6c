package import Cryptography

/// Everything that is known of one person's account.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    package var email: EmailAddress
    package var name: PersonName
    /// In which language its owner is written to; nil where nobody has said so yet.
    package var language: LanguageTag?
    package let createdAt: Timestamp
    package var isDisabled: Bool
    /// The salted hash of the password, or nil where none has been chosen or it was taken away.
    package private(set) var password: PasswordHash?
    package private(set) var passwordChangedAt: Timestamp
    /// When the password was last looked up among the breached ones.
    package private(set) var breachCheckedAt: Timestamp?
    /// Counts the changes of the password; what was issued for an older one is void.
    package private(set) var generation: UInt32
    /// Counts how often every session was ended; a session of an older epoch is over.
    package private(set) var epoch: UInt32
    /// The generations in which somebody else had the account, as its owner has said.
    package private(set) var disavowed: ClosedRange<UInt32>?
    package private(set) var sessions: [Session]
    /// Why its owner has to choose a new password before anything else.
    package private(set) var renewal: Renewal?
    /// What it belongs to, as the operator says.
    package var groups: Set<GroupName>
    package var factors: Factors
    /// Wrong codes of a second factor since the last right one.
    package internal(set) var factorFailures: Throttle
    /// Whoever has given the right password, and not yet a second factor.
    package private(set) var attempts: [SignInAttempt]
    /// Codes that were sent as text messages and not used.
    package private(set) var sentCodes: [SentCode]
    /// When its owner said that they know of second factors and want none.
    package var adviceDismissedAt: Timestamp?
    /// The audiences to which it belongs, and when the event last happened that counts for each.
    package internal(set) var audiences: [AudienceName: Timestamp]

    /// An account whose address has just been proved.
    package init(
        id: AccountID, email: EmailAddress, name: PersonName, language: LanguageTag? = nil,
        password: PasswordHash?, at now: Timestamp
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.language = language
        createdAt = now
        isDisabled = false
        self.password = password
        passwordChangedAt = now
        breachCheckedAt = nil
        generation = 1
        epoch = 1
        disavowed = nil
        sessions = []
        renewal = nil
        groups = []
        factors = Factors()
        factorFailures = .open
        attempts = []
        sentCodes = []
        adviceDismissedAt = nil
        audiences = [:]
    }
}

// MARK: - Passwords

extension Account {
    /// Puts a new password in place of the old one, or takes it away, and ends every session.
    ///
    /// - Parameters:
    ///   - hash: The salted hash of the new password.
    ///   - now: The time.
    ///   - isLookedUp: Whether the new password was just looked up among the breached ones.
    package mutating func changePassword(
        to hash: PasswordHash?, at now: Timestamp, isLookedUp: Bool = false
    ) {
        password = hash
        passwordChangedAt = now
        breachCheckedAt = isLookedUp ? now : nil
        generation &+= 1
        if hash != nil {
            renewal = nil
            // Wrong codes count on until they have taken the password away; whoever reads the mailbox
            // would else get new tries by each reset (A29).
            if factorFailures.failures >= SecondFactor.mostFailures { factorFailures = .open }
        }
        endSessions()
    }

    /// Takes the password away, so that its owner has to choose another one by mail.
    package mutating func requireReset(because reason: Renewal.Reason, at now: Timestamp) {
        changePassword(to: nil, at: now)
        renewal = Renewal(reason: reason, since: now)
    }

    /// How often the password of somebody who signs in is looked up, in seconds.
    package static let breachCheckInterval = 7 * Duration.day

    /// Whether it is long enough since the password was looked up (D3: at most once a week).
    package func wantsBreachCheck(at now: Timestamp) -> Bool {
        breachCheckedAt.map { now - $0 >= Self.breachCheckInterval } ?? true
    }

    /// Notes that the password was looked up, and its owner told of what was found.
    package mutating func breachChecked(at now: Timestamp) {
        breachCheckedAt = now
    }

    /// Stores the same password under another cost or pepper; nothing ends by it.
    package mutating func rehash(_ hash: PasswordHash) {
        password = hash
    }
}

// MARK: - Keeping somebody out

extension Account {
    /// Lets nobody sign in, ends every session, and voids what was asked for, for good.
    package mutating func disable() {
        isDisabled = true
        generation &+= 1
        endSessions()
    }

    /// Takes the password away because its owner did not make a change, and ends every session.
    ///
    /// Whoever made the change may have been told of later ones, at an address of their own. The
    /// generations from the change until now are remembered, so that no notice of theirs takes the
    /// account back again (A40).
    ///
    /// - Parameters:
    ///   - change: The generation in which the change was made.
    ///   - now: The time.
    /// - Returns: False, with nothing done, if that generation has been disavowed itself.
    package mutating func disavow(since change: UInt32, at now: Timestamp) -> Bool {
        guard change <= generation, disavowed?.contains(change) != true else { return false }
        disavowed = min(change, disavowed?.lowerBound ?? change)...generation
        requireReset(because: .notMe, at: now)
        return true
    }
}

extension Account {
    /// For how long the notice of a new factor removes that factor again, in seconds.
    ///
    /// Whoever reads the mailbox could otherwise use an old notice to get past the owner's own factor.
    package static let factorDisavowal = 3 * Duration.day

    /// Removes the factors that were added from a notice on, if the notice was of such a factor and
    /// is not too old: whoever added one would else keep its owner out (A12).
    package mutating func removeFactorsAdded(since notice: Confirmation, at now: Timestamp) {
        guard
            notice.change == .appAdded || notice.change == .phoneAdded,
            now < notice.askedAt + Self.factorDisavowal
        else { return }
        for app in factors.apps where app.addedAt >= notice.askedAt {
            _ = factors.remove(app.id)
        }
        if let phone = factors.phone, phone.addedAt >= notice.askedAt {
            _ = factors.remove(phone.id)
        }
    }
}

// MARK: - Addresses

extension Account {
    /// Voids what was asked for under the old address, and ends every session.
    package mutating func addressMoved() {
        generation &+= 1
        endSessions()
    }
}

// MARK: - Sessions

extension Account {
    /// How many sessions an account may have; the one that was used longest ago makes room.
    package static let mostSessions = 32

    /// Adds a session.
    package mutating func begin(_ session: Session) {
        while sessions.count >= Self.mostSessions,
            let oldest = sessions.indices.min(by: { sessions[$0].usedAt < sessions[$1].usedAt })
        {
            sessions.remove(at: oldest)
        }
        sessions.append(session)
    }

    /// Ends one session.
    ///
    /// - Returns: Whether there was such a session.
    package mutating func end(_ session: SessionID) -> Bool {
        let before = sessions.count
        sessions.removeAll { $0.id == session }
        return sessions.count < before
    }

    /// Ends every session, and voids their cookies for good.
    ///
    /// Whoever did it from one of them begins another.
    package mutating func endSessions() {
        sessions = []
        attempts = []
        sentCodes = []
        epoch &+= 1
    }

    /// Notes that a session is in use.
    package mutating func touch(_ session: SessionID, at now: Timestamp) {
        for index in sessions.indices where sessions[index].id == session {
            sessions[index].usedAt = now
        }
    }
}

// MARK: - Attempts to sign in

extension Account {
    /// Begins an attempt, for which a second factor is still to be given.
    package mutating func begin(_ attempt: SignInAttempt) {
        attempts.removeAll { !$0.isOpen(at: attempt.startedAt) }
        attempts = attempts.suffix(SignInAttempt.most - 1) + [attempt]
    }

    /// Ends an attempt, whatever came of it.
    package mutating func end(_ attempt: AttemptID) {
        attempts.removeAll { $0.id == attempt }
        sentCodes.removeAll { $0.holder == CodeHolder(attempt) }
    }

    /// Notes a code that is being sent; an older one for the same holder is void.
    package mutating func send(_ code: SentCode) {
        sentCodes.removeAll { $0.holder == code.holder || !$0.isOpen(at: code.sentAt) }
        sentCodes = sentCodes.suffix(SentCode.most - 1) + [code]
    }

    /// Uses a code up that was sent.
    ///
    /// - Returns: The code, or nil if it is another or too old.
    package mutating func takeCode(
        _ tag: AuthenticationTag, of holder: CodeHolder, at now: Timestamp
    ) -> SentCode? {
        guard
            let code = sentCodes.first(where: { $0.holder == holder }), code.tag == tag,
            code.isOpen(at: now)
        else { return nil }
        sentCodes.removeAll { $0 == code }
        return code
    }
}

// MARK: - Record

// The file of one account:
//
//     account 1
//     id q6urq6urq6urq6urq6urqw
//     email ada@example.org
//     name Ada Lovelace
//     language en
//     created 2026-11-21T09:00:00Z
//     disabled no
//     password $scrypt$ln=14,r=8,p=5$c2FsdA$a2V5
//     password-changed 2026-11-21T09:00:00Z
//     breach-checked 2026-11-21T09:00:00Z
//     generation 1
//     epoch 1
//     disavowed 3 5
//     renewal second-factor-guessed 2026-11-21T09:00:00Z
//     group staff
//     factors …
//     factor-failures 3 2026-11-21T09:00:00Z
//     advice-dismissed 2026-11-21T09:00:00Z
//     audience password-known 2026-11-21T09:00:00Z
//     session …
//     attempt …
//     sent-code …
//
// What there is not, has no line.

extension Account: Record {
    package static var heading: String { "account 1" }

    package var lines: [String] {
        var lines = ["id \(id.text)", "email \(email.text)"]
        if name != .none {
            lines.append("name \(name.text)")
        }
        if let language {
            lines.append("language \(language.text)")
        }
        lines += ["created \(createdAt.text)", "disabled \(isDisabled ? "yes" : "no")"]
        if let password {
            lines.append("password \(password.text)")
        }
        lines.append("password-changed \(passwordChangedAt.text)")
        if let breachCheckedAt {
            lines.append("breach-checked \(breachCheckedAt.text)")
        }
        lines += [
            "generation \(generation)",
            "epoch \(epoch)",
        ]
        if let disavowed {
            lines.append("disavowed \(disavowed.lowerBound) \(disavowed.upperBound)")
        }
        if let renewal {
            lines.append("renewal \(renewal.text)")
        }
        lines += groups.map(\.text).sorted().map { "group \($0)" }
        lines += factors.lines
        if factorFailures != .open {
            lines.append(
                "factor-failures \(factorFailures.failures) \(factorFailures.lastFailure.text)")
        }
        if let adviceDismissedAt {
            lines.append("advice-dismissed \(adviceDismissedAt.text)")
        }
        lines += audiences.map { "audience \($0.key.text) \($0.value.text)" }.sorted()
        return lines + sessions.map { "session \($0.text)" }
            + attempts.map { "attempt \($0.text)" } + sentCodes.map { "sent-code \($0.text)" }
    }

    package init(from reader: inout RecordReader) throws(RecordError) {
        id = try reader.field("id") { AccountID(text: $0) }
        email = try reader.field("email") { EmailAddress(String($0)) }
        name = try reader.optional("name") { PersonName(String($0)) } ?? .none
        language = try reader.optional("language") { LanguageTag($0) }
        createdAt = try reader.field("created") { Timestamp(text: $0) }
        isDisabled = try reader.field("disabled") { ["yes": true, "no": false][$0] }
        password = try reader.optional("password") { PasswordHash(text: String($0)) }
        passwordChangedAt = try reader.field("password-changed") { Timestamp(text: $0) }
        breachCheckedAt = try reader.optional("breach-checked") { Timestamp(text: $0) }
        generation = try reader.field("generation") { UInt32($0) }
        epoch = try reader.field("epoch") { UInt32($0) }
        disavowed = try reader.optional("disavowed") { text in
            let bounds = text.split(separator: " ").compactMap { UInt32($0) }
            guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
            return bounds[0]...bounds[1]
        }
        renewal = try reader.optional("renewal") { Renewal(text: $0) }
        groups = Set(try reader.list("group") { GroupName(String($0)) })
        factors = try Factors(from: &reader)
        factorFailures =
            try reader.optional("factor-failures") { text in
                guard let fields = text.fields(2), let failures = Int(fields[0]),
                    let lastFailure = Timestamp(text: fields[1])
                else { return nil }
                return Throttle(failures: failures, lastFailure: lastFailure)
            } ?? .open
        adviceDismissedAt = try reader.optional("advice-dismissed") { Timestamp(text: $0) }
        let entered = try reader.list("audience") { text -> (AudienceName, Timestamp)? in
            guard let fields = text.fields(2), let name = AudienceName(String(fields[0])),
                let moment = Timestamp(text: fields[1])
            else { return nil }
            return (name, moment)
        }
        // A name that stands twice is not the one spelling, which the record's reader refuses.
        audiences = Dictionary(entered) { _, last in last }
        sessions = try reader.list("session") { Session(text: $0) }
        attempts = try reader.list("attempt") { SignInAttempt(text: $0) }
        sentCodes = try reader.list("sent-code") { SentCode(text: $0) }
    }
}
