/// A way for messages of one kind to leave.
package protocol Transport<Item>: Sendable {
    associatedtype Item: Spoolable

    /// Hands a message over, under a name that it keeps from attempt to attempt.
    func deliver(_ item: Item, named name: String) -> DeliveryResult
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
