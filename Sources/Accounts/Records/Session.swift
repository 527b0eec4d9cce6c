/// One browser in which a person is signed in.
package struct Session: Sendable, Equatable {
    package let id: SessionID
    package let level: AssuranceLevel
    /// When the person last proved who they are.
    package let signedInAt: Timestamp
    /// When a page was last asked for, to within `touchInterval`.
    package internal(set) var usedAt: Timestamp
    package let visitor: Visitor

    /// How long a session goes unnoted before its use is written down again, in seconds.
    ///
    /// Every noted use is a write, so that a busy session costs one an hour.
    package static let touchInterval = Duration.hour

    package init(
        id: SessionID, level: AssuranceLevel, at now: Timestamp, visitor: Visitor
    ) {
        self.init(id: id, level: level, signedInAt: now, usedAt: now, visitor: visitor)
    }

    /// The same session under another name, as after a change that ends all others.
    ///
    /// Nobody has proved anything anew, so it is as old as it was (S25).
    package func renamed(_ id: SessionID, at now: Timestamp) -> Self {
        Self(id: id, level: level, signedInAt: signedInAt, usedAt: now, visitor: visitor)
    }

    private init(
        id: SessionID, level: AssuranceLevel, signedInAt: Timestamp, usedAt: Timestamp,
        visitor: Visitor
    ) {
        self.id = id
        self.level = level
        self.signedInAt = signedInAt
        self.usedAt = usedAt
        self.visitor = visitor
    }
}

/// How surely a person was recognised (NIST SP 800-63B-4 §2).
package enum AssuranceLevel: UInt8, Sendable {
    /// By a password.
    case one = 1
    /// By a password and a second factor.
    case two = 2
    /// By a password, on a device that was remembered when a second factor was given.
    case remembered = 3

    /// The level of NIST SP 800-63B-4 §2 that it counts for.
    package var number: Int { self == .one ? 1 : 2 }
}

// A session's line in the account's file, below `session`; the browser's name is the rest of it:
//
//     AQEBAQEBAQEBAQEBAQEBAQ 1 2026-11-21T09:12:00Z 2026-11-21T10:12:00Z 192.0.2.7 Firefox on Linux

extension Session {
    var text: String {
        "\(id.text) \(level.rawValue) \(signedInAt.text) \(usedAt.text) "
            + "\(visitor.network) \(visitor.browser)"
    }

    init?(text: Substring) {
        guard
            let fields = text.fields(6), let id = SessionID(text: fields[0]),
            let level = UInt8(fields[1]).flatMap(AssuranceLevel.init),
            let signedInAt = Timestamp(text: fields[2]), let usedAt = Timestamp(text: fields[3])
        else { return nil }
        self.init(
            id: id, level: level, signedInAt: signedInAt, usedAt: usedAt,
            visitor: Visitor(network: String(fields[4]), browser: String(fields[5])))
    }
}
