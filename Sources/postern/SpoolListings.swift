import Accounts
import Outbox

/// Prints what is in a spool, a line for each message.
func printListings<Item>(of spool: Spool<Item>, json isJSON: Bool) throws {
    for listing in try stored({ try spool.list() }) {
        print(isJSON ? json(of: listing).line : line(of: listing))
    }
}

/// A file that holds no message has nothing but its name.
private func json<Item>(of listing: SpoolListing<Item>) -> JSON {
    let file: JSON.Member = ("file", .text("\(listing.state.rawValue)/\(listing.name)"))
    guard let message = listing.message else { return .object([file]) }
    return .object([
        file, ("added_at", .text(Timestamp(seconds: message.addedAt).text)),
        ("to", .text(message.item.recipientText)), ("attempts", .number(message.attempts)),
        ("due_at", .text(Timestamp(seconds: message.due).text)),
        ("reason", .optional(message.reason.isEmpty ? nil : message.reason)),
    ])
}

private func line<Item>(of listing: SpoolListing<Item>) -> String {
    let file = "\(listing.state.rawValue)/\(listing.name)"
    guard let message = listing.message else { return "\(file)  not a message of this program" }
    let came = Timestamp(seconds: message.addedAt).text
    let line = "\(file)  \(came)  \(message.item.recipientText)  attempts \(message.attempts)"
    return message.reason.isEmpty ? line : "\(line)  \(message.reason)"
}
