/// Somebody who has given the right password, and not yet a second factor.
package struct SignInAttempt: Sendable, Equatable {
    package let id: AttemptID
    package let startedAt: Timestamp
    /// Whether the account was used from the browser before.
    package let isKnownDevice: Bool
    /// Whether the password was seen in breaches, of which its owner is told afterwards.
    package let isBreached: Bool
    package let visitor: Visitor

    /// How long an attempt lasts, in seconds.
    package static let lifetime = 15 * Duration.minute
    /// After how long an attempt counts as abandoned, in seconds.
    package static let patience = 5 * Duration.minute
    /// How many attempts an account keeps; the oldest makes room.
    static let most = 8

    package init(
        id: AttemptID, startedAt: Timestamp, isKnownDevice: Bool, isBreached: Bool,
        visitor: Visitor
    ) {
        self.id = id
        self.startedAt = startedAt
        self.isKnownDevice = isKnownDevice
        self.isBreached = isBreached
        self.visitor = visitor
    }

    /// Whether it can still be completed.
    package func isOpen(at now: Timestamp) -> Bool {
        startedAt <= now && now < startedAt + Self.lifetime
    }
}

/// The name of one attempt to sign in: 128 random bits.
package struct AttemptID: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

// An attempt's line in the account's file; the browser's name is the rest of it:
//
//     AQEB… 2026-11-21T09:12:00Z unknown-device unbreached 192.0.2.7 Firefox on Linux

extension SignInAttempt {
    var text: String {
        "\(id.text) \(startedAt.text) \(isKnownDevice ? "known-device" : "unknown-device") "
            + "\(isBreached ? "breached" : "unbreached") \(visitor.network) \(visitor.browser)"
    }

    init?(text: Substring) {
        guard
            let fields = text.fields(6), let id = AttemptID(text: fields[0]),
            let startedAt = Timestamp(text: fields[1]),
            let isKnownDevice = ["known-device": true, "unknown-device": false][fields[2]],
            let isBreached = ["breached": true, "unbreached": false][fields[3]]
        else { return nil }
        self.init(
            id: id, startedAt: startedAt, isKnownDevice: isKnownDevice, isBreached: isBreached,
            visitor: Visitor(network: String(fields[4]), browser: String(fields[5])))
    }
}
