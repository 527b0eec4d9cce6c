/// A message on its way, with what has happened to it so far.
package struct SpooledMail: Sendable, Equatable {
    /// To whom failures are told, by whoever carries the message on.
    package let sender: Mailbox
    package let recipient: Mailbox
    /// When it was handed in, in seconds since 1970.
    package let addedAt: Int64
    /// How often it was handed over without success.
    package internal(set) var attempts: Int
    /// When it is handed over next, in seconds since 1970.
    package internal(set) var due: Int64
    /// Why the last attempt did not succeed; empty before there was one.
    package internal(set) var reason: String
    /// The message, its lines ended by LF.
    package let message: [UInt8]

    init(_ message: Message, at now: Int64) {
        sender = message.from.withoutName
        recipient = message.to.withoutName
        addedAt = now
        attempts = 0
        due = now
        reason = ""
        self.message = message.bytes
    }
}

// The file of a message is what is known of it, an empty line, and the message:
//
//     mail 1
//     from security@seeds.example
//     to ada@example.org
//     added 1795252320
//     attempts 1
//     due 1795252380
//     reason exit status 75: connection refused
//
//     Date: Sat, 21 Nov 2026 09:12:00 +0000
//     …

extension SpooledMail {
    /// The file's bytes.
    var bytes: [UInt8] {
        let head = """
            mail 1
            from \(sender.address)
            to \(recipient.address)
            added \(addedAt)
            attempts \(attempts)
            due \(due)
            reason \(reason)


            """
        return Array(head.utf8) + message
    }

    /// Reads a file; anything but what `bytes` would write is refused.
    init?(bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 8, omittingEmptySubsequences: false)
        guard lines.count == 9 else { return nil }
        func value(_ name: String, _ line: Int) -> String? {
            guard let text = String(validating: lines[line], as: UTF8.self) else { return nil }
            return text.hasPrefix(name + " ") ? String(text.dropFirst(name.count + 1)) : nil
        }
        guard
            let sender = value("from", 1).flatMap({ Mailbox(address: $0) }),
            let recipient = value("to", 2).flatMap({ Mailbox(address: $0) }),
            let addedAt = value("added", 3).flatMap({ Int64($0) }),
            let attempts = value("attempts", 4).flatMap({ Int($0) }),
            let due = value("due", 5).flatMap({ Int64($0) }),
            let reason = value("reason", 6)
        else { return nil }
        self.sender = sender
        self.recipient = recipient
        self.addedAt = addedAt
        self.attempts = attempts
        self.due = due
        self.reason = reason
        message = Array(lines[8])
        guard self.bytes == bytes else { return nil }
    }
}

// MARK: - Attempts

extension SpooledMail {
    /// For how many seconds a message is tried; no link that it might hold works much longer.
    static let patience: Int64 = 24 * 3600

    /// How long the next attempt waits: one minute, then twice as long each time, up to an hour.
    static func wait(after attempts: Int) -> Int64 {
        attempts < 7 ? 60 << Int64(max(0, attempts - 1)) : 3600
    }

    /// The same message after an attempt that did not succeed, to be tried again later.
    func failing(at now: Int64, because reason: String) -> Self {
        var next = self
        next.attempts += 1
        next.due = now + Self.wait(after: next.attempts)
        next.reason = reason.inOneLine
        return next
    }

    /// Whether nobody waits for it any more.
    func isStale(at now: Int64) -> Bool {
        now >= addedAt + Self.patience
    }
}

extension String {
    /// The text in printable ASCII, with blanks for everything else, and of a bearable length.
    fileprivate var inOneLine: String {
        String(
            decoding: utf8.prefix(300).map { (0x20...0x7E).contains($0) ? $0 : 0x20 },
            as: UTF8.self)
    }
}
