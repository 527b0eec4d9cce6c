/// What became of a message in the spool.
package enum MailEvent: Sendable, Equatable {
    case delivered(SpooledMail)
    /// It will be tried again.
    case deferred(SpooledMail)
    /// It was given up.
    case failed(SpooledMail)
    /// A crash left it half sent; it is tried again.
    case inDoubt(SpooledMail)
    /// A file is no message, and was set aside.
    case unreadable(name: String, reason: String)

    /// Whether somebody should look at it.
    package var isTrouble: Bool {
        if case .delivered = self { false } else { true }
    }
}

extension MailEvent: CustomStringConvertible {
    /// One line for the operator.
    package var description: String {
        switch self {
        case .delivered(let mail): "delivered to \(mail.recipient.address)"
        case .deferred(let mail):
            "attempt \(mail.attempts) for \(mail.recipient.address) did not succeed, "
                + "the next is in \(SpooledMail.wait(after: mail.attempts) / 60) min: \(mail.reason)"
        case .failed(let mail):
            "gave up the message to \(mail.recipient.address): \(mail.reason)"
        case .inDoubt(let mail):
            "a crash left it in doubt whether \(mail.recipient.address) got a message; "
                + "it is sent again"
        case .unreadable(let name, let reason): "set \(name) aside: \(reason)"
        }
    }
}
