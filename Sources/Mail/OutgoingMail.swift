package import Outbox

/// The mail on its way.
package typealias MailSpool = Spool<OutgoingMail>

/// A message and its envelope, as it waits in the spool.
package struct OutgoingMail: Spoolable {
    /// To whom failures are told, by whoever carries the message on.
    package let sender: Mailbox
    package let recipient: Mailbox
    /// The message, its lines ended by LF.
    package let message: [UInt8]

    package init(_ message: Message) {
        sender = message.from.withoutName
        recipient = message.to.withoutName
        self.message = message.bytes
    }

    // MARK: - In the spool

    package static let kind = "mail"
    package static let envelopeNames = ["from", "to"]
    /// For a day; no link that a message might hold works much longer.
    package static let retries = Retries(first: 60, factor: 2, longest: 3600, patience: 24 * 3600)

    package var envelope: [String] { [sender.address, recipient.address] }
    package var content: [UInt8] { message }

    package init?(envelope: [String], content: [UInt8]) {
        guard
            let sender = Mailbox(address: envelope[0]),
            let recipient = Mailbox(address: envelope[1])
        else { return nil }
        self.sender = sender
        self.recipient = recipient
        message = content
    }

    package var recipientText: String { recipient.address }
    package var expiresAt: Int64? { nil }
}
