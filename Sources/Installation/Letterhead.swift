package import Accounts
internal import Cryptography
package import Mail

/// What all messages of a site have in common.
package struct Letterhead: Sendable {
    private let from: Mailbox
    private let host: String

    /// Takes it from the configuration; nil if the name or the address cannot stand in a header.
    package init?(_ configuration: Configuration) {
        guard
            let name = HeaderText(configuration.siteName),
            let from = Mailbox(address: configuration.mailFrom.text, name: name)
        else { return nil }
        self.from = from
        host = configuration.siteURL.host
    }

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - address: To whom it goes.
    ///   - subject: One line of text.
    ///   - text: What it says, as plain text in UTF-8.
    ///   - html: The same as an HTML document.
    ///   - now: The time.
    /// - Returns: nil if the subject is more than a line (A53).
    package func message(
        to address: EmailAddress, subject: String, text: [UInt8], html: [UInt8], at now: Timestamp
    ) -> Message? {
        guard
            let to = Mailbox(address: address.text), let subject = HeaderText(subject),
            let id = MessageID(randomBytes: randomBytes(count: 16), host: host)
        else { return nil }
        return Message(
            from: from, to: to, subject: subject, text: text, html: html, date: now.seconds, id: id)
    }
}
