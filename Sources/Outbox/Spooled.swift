/// A message on its way, with what has happened to it so far.
package struct Spooled<Item: Spoolable>: Sendable, Equatable {
    package let item: Item
    /// When it was handed in, in seconds since 1970.
    package let addedAt: Int64
    /// How often it was handed over without success.
    package internal(set) var attempts: Int
    /// When it is handed over next, in seconds since 1970.
    package internal(set) var due: Int64
    /// Why the last attempt did not succeed; empty before there was one.
    package internal(set) var reason: String

    init(_ item: Item, at now: Int64) {
        self.item = item
        addedAt = now
        attempts = 0
        due = now
        reason = ""
    }
}

// The file of a message is its kind, its envelope, what has happened to it, an empty line, and the
// message:
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

extension Spooled {
    /// The file's bytes.
    var bytes: [UInt8] {
        let envelope = zip(Item.envelopeNames, item.envelope).map { "\($0) \($1)" }
        let history = [
            "added \(addedAt)", "attempts \(attempts)", "due \(due)", "reason \(reason)",
        ]
        let head = ["\(Item.kind) 1"] + envelope + history + ["", ""]
        return Array(head.joined(separator: "\n").utf8) + item.content
    }

    /// Reads a file; anything but what `bytes` would write is refused.
    init?(bytes: [UInt8]) {
        let names = Item.envelopeNames + ["added", "attempts", "due", "reason"]
        let lines = bytes.split(
            separator: 0x0A, maxSplits: names.count + 2, omittingEmptySubsequences: false)
        guard lines.count == names.count + 3 else { return nil }
        var values: [String] = []
        for (name, line) in zip(names, lines.dropFirst()) {
            guard
                let text = String(validating: line, as: UTF8.self), text.hasPrefix(name + " ")
            else { return nil }
            values.append(String(text.dropFirst(name.count + 1)))
        }
        let envelope = Array(values.dropLast(4))
        let history = values.suffix(4).map { $0 }
        guard
            let item = Item(envelope: envelope, content: Array(lines[names.count + 2])),
            let addedAt = Int64(history[0]), let attempts = Int(history[1]),
            let due = Int64(history[2])
        else { return nil }
        self.item = item
        self.addedAt = addedAt
        self.attempts = attempts
        self.due = due
        reason = history[3]
        guard self.bytes == bytes else { return nil }
    }
}

// MARK: - Attempts

extension Spooled {
    /// The same message after an attempt that did not succeed, to be tried again later.
    func failing(at now: Int64, because reason: String) -> Self {
        var next = self
        next.attempts += 1
        next.due = now + Item.retries.wait(after: next.attempts)
        next.reason = reason.inOneLine
        return next
    }

    /// The same message, to be given up because it comes too late.
    var expired: Self {
        var last = self
        last.reason = reason.isEmpty ? "expired" : "expired; before that: \(reason)".inOneLine
        return last
    }

    /// Whether nobody may get it any more.
    func isExpired(at now: Int64) -> Bool {
        item.expiresAt.map { now >= $0 } ?? false
    }

    /// Whether the next attempt is worth waiting for.
    func mayWait(at now: Int64) -> Bool {
        item.expiresAt.map { due < $0 } ?? (now < addedAt + Item.retries.patience)
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
