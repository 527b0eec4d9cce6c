package import Cryptography

/// Everything that is known of one person's account.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    package var email: EmailAddress
    package var name: PersonName
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

    /// An account whose address has just been proved.
    package init(
        id: AccountID, email: EmailAddress, name: PersonName, password: PasswordHash?,
        at now: Timestamp
    ) {
        self.id = id
        self.email = email
        self.name = name
        createdAt = now
        isDisabled = false
        self.password = password
        passwordChangedAt = now
        breachCheckedAt = nil
        generation = 1
        epoch = 1
        disavowed = nil
        sessions = []
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
        endSessions()
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
        changePassword(to: nil, at: now)
        return true
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
        epoch &+= 1
    }

    /// Notes that a session is in use.
    package mutating func touch(_ session: SessionID, at now: Timestamp) {
        for index in sessions.indices where sessions[index].id == session {
            sessions[index].usedAt = now
        }
    }
}

// MARK: - Record

// The file of one account:
//
//     account 1
//     id q6urq6urq6urq6urq6urqw
//     email ada@example.org
//     name Ada Lovelace
//     created 2026-11-21T09:00:00Z
//     disabled no
//     password $scrypt$ln=14,r=8,p=5$c2FsdA$a2V5
//     password-changed 2026-11-21T09:00:00Z
//     breach-checked 2026-11-21T09:00:00Z
//     generation 1
//     epoch 1
//     disavowed 3 5
//     session …
//
// `name`, `password`, `breach-checked` and `disavowed` are left out where there is none. A line for second factors and one for a
// forced reset will find their place below `epoch`, in a version 2 of the heading.

extension Account: Record {
    package static var heading: String { "account 1" }

    package var lines: [String] {
        var lines = ["id \(id.text)", "email \(email.text)"]
        if name != .none {
            lines.append("name \(name.text)")
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
        return lines + sessions.map { "session \($0.text)" }
    }

    package init(from reader: inout RecordReader) throws(RecordError) {
        id = try reader.field("id") { AccountID(text: $0) }
        email = try reader.field("email") { EmailAddress(String($0)) }
        name = try reader.optional("name") { PersonName(String($0)) } ?? .none
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
        sessions = try reader.list("session") { Session(text: $0) }
    }
}
