package import Cryptography

/// A code that was sent as a text message, and what it was sent for (S19).
package struct SentCode: Sendable, Equatable {
    /// Who asked for it: an attempt to sign in, a session, or the enrolment of a number.
    package let holder: CodeHolder
    /// The code's tag under a key that lies elsewhere.
    package let tag: AuthenticationTag
    package let sentAt: Timestamp
    /// The number that is to be enrolled, if that is what it was sent for.
    package let number: PhoneNumber?

    /// How long a code is right, in seconds (NIST SP 800-63B-4 §3.1.3.2).
    package static let lifetime = 10 * Duration.minute
    /// How many codes an account keeps; the oldest makes room.
    static let most = 8

    package init(
        holder: CodeHolder, tag: AuthenticationTag, sentAt: Timestamp, number: PhoneNumber? = nil
    ) {
        self.holder = holder
        self.tag = tag
        self.sentAt = sentAt
        self.number = number
    }

    /// Whether it is not too old.
    package func isOpen(at now: Timestamp) -> Bool {
        sentAt <= now && now < sentAt + Self.lifetime
    }
}

/// What a code is bound to: the sixteen bytes of the name of an attempt or of a session.
package struct CodeHolder: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The attempt to sign in that asked for a code.
    package init(_ attempt: AttemptID) { bytes = attempt.bytes }

    /// The session that asked for a code.
    package init(_ session: SessionID) { bytes = session.bytes }
}

// A code's line in the account's file; the number is there only at an enrolment:
//
//     AQEB… 2026-11-21T09:12:00Z 3q2-7w… +15551234567

extension SentCode {
    var text: String {
        "\(holder.text) \(sentAt.text) \(Base64URL.encode(tag.bytes)) \(number?.text ?? "-")"
    }

    init?(text: Substring) {
        guard
            let fields = text.fields(4), let holder = CodeHolder(text: fields[0]),
            let sentAt = Timestamp(text: fields[1]),
            let tag = Base64URL.decode(fields[2]).flatMap(AuthenticationTag.init(received:))
        else { return nil }
        let number = PhoneNumber(text: String(fields[3]))
        guard number != nil || fields[3] == "-" else { return nil }
        self.init(holder: holder, tag: tag, sentAt: sentAt, number: number)
    }
}
