/// What became of a message in the spool.
package enum SpoolEvent<Item: Spoolable>: Sendable, Equatable {
    case delivered(Spooled<Item>)
    /// It will be tried again.
    case deferred(Spooled<Item>)
    /// It was given up.
    case failed(Spooled<Item>)
    /// A crash left it half sent; it is tried again.
    case inDoubt(Spooled<Item>)
    /// A file is no message, and was set aside.
    case unreadable(name: String, reason: String)

    /// Whether somebody should look at it.
    package var isTrouble: Bool {
        if case .delivered = self { false } else { true }
    }
}

extension SpoolEvent: CustomStringConvertible {
    /// One line for the operator.
    package var description: String {
        switch self {
        case .delivered(let message): "delivered to \(message.item.recipientText)"
        case .deferred(let message):
            "attempt \(message.attempts) for \(message.item.recipientText) did not succeed, "
                + "the next is in \(Item.retries.wait(after: message.attempts).inUnits): "
                + message.reason
        case .failed(let message):
            "gave up the message to \(message.item.recipientText): \(message.reason)"
        case .inDoubt(let message):
            "a crash left it in doubt whether \(message.item.recipientText) got a message; "
                + "it is sent again"
        case .unreadable(let name, let reason): "set \(name) aside: \(reason)"
        }
    }
}

extension Int64 {
    /// So many seconds, in minutes if they are whole ones.
    fileprivate var inUnits: String {
        self % 60 == 0 ? "\(self / 60) min" : "\(self) s"
    }
}
