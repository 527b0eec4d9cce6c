internal import Cryptography

/// What no other message has: random bytes under the name of a host (RFC 5322 §3.6.4).
package struct MessageID: Sendable, Hashable {
    /// The identifier with its angle brackets.
    package let text: String

    /// Makes an identifier.
    ///
    /// - Parameters:
    ///   - randomBytes: At least eight bytes that nobody else has.
    ///   - host: The host under whose name they are unique; anything but a host name is refused.
    package init?(randomBytes: [UInt8], host: String) {
        guard randomBytes.count >= 8, Mailbox(address: "postmaster@\(host)") != nil else {
            return nil
        }
        text = "<\(Hex.encode(randomBytes))@\(host)>"
    }
}
