package import FlatFiles

// A file is moved to `sending` before it is handed over, and removed from there after it. What a
// crash leaves in `sending` may have been sent or not: it is in doubt. These are messages that a
// person waits for, and a second copy harms nobody; so it is sent again. Delivery is at least once: a
// crash sends no more than the one message twice that was being handed over, and the operator is
// told which (A66). Attempts that ended in a crash count, so that no message can stop the others for
// good. A message that has expired is given up instead, whatever happened to it before.

extension Spool {
    /// Hands over every message that is due, the oldest first.
    ///
    /// - Parameters:
    ///   - transport: The way out.
    ///   - now: Tells the time, in seconds since 1970.
    ///   - shouldStop: Is asked before each message.
    ///   - report: Is told what became of each message.
    /// - Returns: Whether this was done; false if another process is at it.
    /// - Throws: `FileError` if the spool cannot be changed.
    package func drain(
        by transport: some Transport<Item>, now: () -> Int64, shouldStop: () -> Bool = { false },
        report: (SpoolEvent<Item>) -> Void
    ) throws(FileError) -> Bool {
        guard let lock = try directory.lockIfFree("lock") else { return false }
        for name in try names(in: sending) {
            guard let message = try message(name, in: sending, report: report) else { continue }
            let next = message.failing(at: now(), because: "in doubt after a crash")
            if next.mayWait(at: now()) { report(.inDoubt(message)) }
            try setBack(name, next, now(), report)
        }
        for name in try names(in: new) where !shouldStop() {
            guard let message = try message(name, in: new, report: report), message.due <= now()
            else { continue }
            try new.move(name, to: sending)
            guard !message.isExpired(at: now()) else {
                try giveUp(name, message.expired, report)
                continue
            }
            switch transport.deliver(message.item, named: name) {
            case .delivered:
                try sending.remove(name)
                report(.delivered(message))
            case .deferred(let reason):
                try setBack(name, message.failing(at: now(), because: reason), now(), report)
            case .refused(let reason):
                try giveUp(name, message.failing(at: now(), because: reason), report)
            }
        }
        lock.release()
        return true
    }

    /// Reads a message; what is none is set aside.
    private func message(
        _ name: String, in part: Directory, report: (SpoolEvent<Item>) -> Void
    ) throws(FileError) -> Spooled<Item>? {
        do {
            guard let bytes = try part.read(name, atMost: Self.longestMessage) else { return nil }
            if let message = Spooled<Item>(bytes: bytes) { return message }
            report(.unreadable(name: name, reason: "it is not a message of this program"))
        } catch {
            report(.unreadable(name: name, reason: error.description))
        }
        try part.move(name, to: failed)
        return nil
    }

    /// Lets a message wait for another attempt, unless it has waited long enough.
    private func setBack(
        _ name: String, _ message: Spooled<Item>, _ now: Int64,
        _ report: (SpoolEvent<Item>) -> Void
    ) throws(FileError) {
        guard message.mayWait(at: now) else { return try giveUp(name, message, report) }
        try sending.replace(name, with: message.bytes)
        try sending.move(name, to: new)
        report(.deferred(message))
    }

    /// Sets a message aside for good.
    private func giveUp(
        _ name: String, _ message: Spooled<Item>, _ report: (SpoolEvent<Item>) -> Void
    ) throws(FileError) {
        try sending.replace(name, with: message.bytes)
        try sending.move(name, to: failed)
        report(.failed(message))
    }
}
