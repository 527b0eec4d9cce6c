package import FlatFiles

// A file is moved to `sending` before it is handed over, and removed from there after it. What a
// crash leaves in `sending` may have been sent or not: it is in doubt. These are messages that a
// person waits for, and a second copy harms nobody; so it is sent again. Delivery is at least once: a
// crash sends no more than the one message twice that was being handed over, and the operator is
// told which (A66). Attempts that ended in a crash count, so that no message can stop the others for
// good.

extension MailSpool {
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
        by transport: some MailTransport, now: () -> Int64, shouldStop: () -> Bool = { false },
        report: (MailEvent) -> Void
    ) throws(FileError) -> Bool {
        guard let lock = try directory.lockIfFree("lock") else { return false }
        for name in try names(in: sending) {
            guard let mail = try mail(name, in: sending, report: report) else { continue }
            report(.inDoubt(mail))
            try setBack(name, mail, because: "in doubt after a crash", now(), report)
        }
        for name in try names(in: new) where !shouldStop() {
            guard let mail = try mail(name, in: new, report: report), mail.due <= now() else {
                continue
            }
            try new.move(name, to: sending)
            switch transport.deliver(mail, named: name) {
            case .delivered:
                try sending.remove(name)
                report(.delivered(mail))
            case .deferred(let reason):
                try setBack(name, mail, because: reason, now(), report)
            case .refused(let reason):
                try giveUp(name, mail.failing(at: now(), because: reason), report)
            }
        }
        lock.release()
        return true
    }

    /// Reads a message; what is none is set aside.
    private func mail(
        _ name: String, in part: Directory, report: (MailEvent) -> Void
    ) throws(FileError) -> SpooledMail? {
        do {
            guard let bytes = try part.read(name, atMost: Self.longestMail) else { return nil }
            if let mail = SpooledMail(bytes: bytes) { return mail }
            report(.unreadable(name: name, reason: "it is not a message of this program"))
        } catch {
            report(.unreadable(name: name, reason: error.description))
        }
        try part.move(name, to: failed)
        return nil
    }

    /// Lets a message wait for another attempt, unless it has waited long enough.
    private func setBack(
        _ name: String, _ mail: SpooledMail, because reason: String, _ now: Int64,
        _ report: (MailEvent) -> Void
    ) throws(FileError) {
        let mail = mail.failing(at: now, because: reason)
        guard !mail.isStale(at: now) else { return try giveUp(name, mail, report) }
        try sending.replace(name, with: mail.bytes)
        try sending.move(name, to: new)
        report(.deferred(mail))
    }

    /// Sets a message aside for good.
    private func giveUp(
        _ name: String, _ mail: SpooledMail, _ report: (MailEvent) -> Void
    ) throws(FileError) {
        try sending.replace(name, with: mail.bytes)
        try sending.move(name, to: failed)
        report(.failed(mail))
    }
}
