import Accounts
import Outbox

/// Prints what is in a spool, a line for each message.
func printListings<Item>(of spool: Spool<Item>) throws {
    for listing in try stored({ try spool.list() }) {
        print(line(of: listing))
    }
}

private func line<Item>(of listing: SpoolListing<Item>) -> String {
    let file = "\(listing.state.rawValue)/\(listing.name)"
    guard let message = listing.message else { return "\(file)  not a message of this program" }
    let came = Timestamp(seconds: message.addedAt).text
    let line = "\(file)  \(came)  \(message.item.recipientText)  attempts \(message.attempts)"
    return message.reason.isEmpty ? line : "\(line)  \(message.reason)"
}
