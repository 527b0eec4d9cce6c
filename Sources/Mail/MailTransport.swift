/// A way for a message to leave.
package protocol MailTransport {
    /// Hands a message over, under a name that it keeps from attempt to attempt.
    func deliver(_ mail: SpooledMail, named name: String) -> DeliveryResult
}

/// What came of handing a message over.
package enum DeliveryResult: Sendable, Equatable {
    /// Somebody else is answerable for it from now on.
    case delivered
    /// It may work later.
    case deferred(reason: String)
    /// It will never work.
    case refused(reason: String)
}
