package import Accounts
package import Outbox

/// The text messages on their way.
package typealias TextSpool = Spool<OutgoingText>

/// A text message as it waits in the spool, and until when anybody wants it.
package struct OutgoingText: Spoolable {
    package let message: TextMessage
    private let expiry: Int64

    /// Takes a message, which is handed over before a second since 1970 or never.
    package init(_ message: TextMessage, expiringAt expiry: Int64) {
        self.message = message
        self.expiry = expiry
    }

    // MARK: - In the spool

    package static let kind = "text"
    package static let envelopeNames = ["to", "expires"]
    /// Quickly at first: somebody sits there and waits for the code.
    package static let retries = Retries(first: 5, factor: 3, longest: 135, patience: 600)

    package var envelope: [String] { [message.number.text, "\(expiry)"] }
    package var content: [UInt8] { Array(message.text.utf8) }

    package init?(envelope: [String], content: [UInt8]) {
        guard
            let number = PhoneNumber(text: envelope[0]), let expiry = Int64(envelope[1]),
            let text = String(validating: content, as: UTF8.self),
            let message = TextMessage(to: number, text: text)
        else { return nil }
        self.init(message, expiringAt: expiry)
    }

    package var recipientText: String { message.number.text }
    package var expiresAt: Int64? { expiry }
}
