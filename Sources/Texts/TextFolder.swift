private import Accounts
package import FlatFiles
package import Outbox

/// A directory of messages, one in a file, for a demo and for tests.
///
/// A file has a line with the number, an empty line, and the text to its last byte. It has its name
/// from the spool, which begins with the second in which the message came; so a second attempt after
/// a crash finds the first.
package struct TextFolder: Transport {
    private let directory: Directory

    package init(_ directory: Directory) {
        self.directory = directory
    }

    package func deliver(_ text: OutgoingText, named name: String) -> DeliveryResult {
        let file = "To: \(text.message.number.text)\n\n\(text.message.text)"
        do {
            _ = try directory.create(name, with: Array(file.utf8))
            return .delivered
        } catch {
            return .deferred(reason: error.description)
        }
    }
}
