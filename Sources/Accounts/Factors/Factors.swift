package import Cryptography

/// The second factors of an account: what proves, beside the password, that its owner is there.
package struct Factors: Sendable, Equatable {
    /// How many authenticator apps an account may have.
    package static let mostApps = 8

    /// Authenticator apps, the oldest first.
    package private(set) var apps: [AuthenticatorApp] = []
    /// Where text messages go.
    package private(set) var phone: Phone?
    /// The tags of the recovery codes that have not been used.
    package private(set) var recoveryCodes: [AuthenticationTag] = []
    /// Counts the changes of the factors; a device that was remembered before is remembered no more.
    package private(set) var generation: UInt32 = 0

    package init() {}

    /// Whether a password is all that the account asks for; recovery codes alone ask for nothing.
    package var isEmpty: Bool { apps.isEmpty && phone == nil }

    /// Adds an authenticator app.
    ///
    /// - Returns: Whether there was room.
    package mutating func add(_ app: AuthenticatorApp) -> Bool {
        guard apps.count < Self.mostApps else { return false }
        apps.append(app)
        generation &+= 1
        return true
    }

    /// Lets text messages go to a number from now on.
    package mutating func setPhone(_ phone: Phone) {
        self.phone = phone
        generation &+= 1
    }

    /// Removes a factor; with the last one the recovery codes go, which are for it.
    ///
    /// - Returns: What was removed, or nil if there is no such factor.
    package mutating func remove(_ id: FactorID) -> FactorKind? {
        var removed: FactorKind?
        if phone?.id == id {
            phone = nil
            removed = .phone
        }
        if apps.contains(where: { $0.id == id }) {
            apps.removeAll { $0.id == id }
            removed = .app
        }
        if removed != nil { generation &+= 1 }
        if isEmpty { recoveryCodes = [] }
        return removed
    }

    /// Removes everything, as for somebody who has lost all of it.
    package mutating func removeAll() {
        apps = []
        phone = nil
        recoveryCodes = []
        generation &+= 1
    }

    /// Puts new recovery codes in place of all old ones.
    package mutating func setRecoveryCodes(_ tags: [AuthenticationTag]) {
        recoveryCodes = tags
    }

    /// Forgets every device that was remembered.
    package mutating func forgetDevices() {
        generation &+= 1
    }

    /// Notes that the code of a time step was right, so that it is right only once (S15).
    mutating func use(_ step: TimeStep, of id: FactorID) {
        for index in apps.indices where apps[index].id == id {
            apps[index].lastStep = step
        }
    }

    /// Uses a recovery code up.
    ///
    /// - Returns: Whether it was there. All are compared, whichever is right.
    mutating func use(_ code: AuthenticationTag) -> Bool {
        let matches = recoveryCodes.map { $0 == code }
        recoveryCodes = zip(recoveryCodes, matches).filter { !$0.1 }.map(\.0)
        return matches.contains(true)
    }
}

/// The kinds of factors that somebody can add and remove.
package enum FactorKind: String, Sendable, CaseIterable {
    case app
    case phone
}

/// The name of one factor of an account: 128 random bits.
package struct FactorID: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

/// An app that shows one-time passwords (RFC 6238).
package struct AuthenticatorApp: Sendable, Equatable {
    package let id: FactorID
    /// What its owner calls it.
    package let name: PersonName
    package let addedAt: Timestamp
    /// The key, which opens for this account and this factor alone (P28).
    package let key: SealedSecret
    /// The step of the last code that was right; the one at enrolment is the first (A30).
    package internal(set) var lastStep: TimeStep

    package init(
        id: FactorID, name: PersonName, addedAt: Timestamp, key: SealedSecret, lastStep: TimeStep
    ) {
        self.id = id
        self.name = name
        self.addedAt = addedAt
        self.key = key
        self.lastStep = lastStep
    }
}

/// A telephone to which codes go as text messages.
package struct Phone: Sendable, Equatable {
    package let id: FactorID
    package let number: PhoneNumber
    package let addedAt: Timestamp

    package init(id: FactorID, number: PhoneNumber, addedAt: Timestamp) {
        self.id = id
        self.number = number
        self.addedAt = addedAt
    }
}

// MARK: - Record

// The lines of the factors in the account's file; the app's name is the rest of its line:
//
//     factors 3
//     app 3q2-7w… 2026-11-21T09:12:00Z 59862912 v1.5f02c9d1.AAEC… Rowan's phone
//     phone 9XkB… 2026-11-22T09:12:00Z +15551234567
//     recovery-code 3q2-7w…

extension Factors {
    var lines: [String] {
        guard self != Factors() else { return [] }
        return ["factors \(generation)"] + apps.map { "app \($0.text)" }
            + (phone.map { ["phone \($0.text)"] } ?? [])
            + recoveryCodes.map { "recovery-code \(Base64URL.encode($0.bytes))" }
    }

    init(from reader: inout RecordReader) throws(RecordError) {
        guard let generation = try reader.optional("factors", { UInt32($0) }) else { return }
        self.generation = generation
        apps = try reader.list("app") { AuthenticatorApp(text: $0) }
        phone = try reader.optional("phone") { Phone(text: $0) }
        recoveryCodes = try reader.list("recovery-code") {
            Base64URL.decode($0).flatMap(AuthenticationTag.init(received:))
        }
    }
}

extension AuthenticatorApp {
    fileprivate var text: String {
        "\(id.text) \(addedAt.text) \(lastStep.number) \(key.text) \(name.text)"
    }

    fileprivate init?(text: Substring) {
        guard
            let fields = text.fields(5), let id = FactorID(text: fields[0]),
            let addedAt = Timestamp(text: fields[1]), let step = Int64(fields[2]),
            let key = SealedSecret(text: fields[3]), let name = PersonName(String(fields[4]))
        else { return nil }
        self.init(
            id: id, name: name, addedAt: addedAt, key: key, lastStep: TimeStep(number: step))
    }
}

extension Phone {
    fileprivate var text: String { "\(id.text) \(addedAt.text) \(number.text)" }

    fileprivate init?(text: Substring) {
        guard
            let fields = text.fields(3), let id = FactorID(text: fields[0]),
            let addedAt = Timestamp(text: fields[1]),
            let number = PhoneNumber(text: String(fields[2]))
        else { return nil }
        self.init(id: id, number: number, addedAt: addedAt)
    }
}
