import AccountFiles
import Accounts
import ArgumentParser
import Glibc
import Installation

/// `postern accounts list`: every account, or those of a kind.
struct AccountsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the accounts, or those of a kind.",
        discussion: """
            One line for each, in an order that stays as it is: by the random names of the accounts. \
            Pipe it through 'sort' to have it by address.

            Examples:
              postern accounts list --data /var/lib/millbrook
              postern accounts list --group staff --without-factor
              postern accounts list --unseen-since 2025-01-01 --json
            """)

    @OptionGroup var filter: AccountFilter

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        try list(data, json: json) { filter.contains($0) }
    }
}

/// `postern accounts find`: accounts by a part of their address or name.
struct AccountsFind: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find accounts by a part of their address or name.",
        discussion: """
            Capital and small letters are the same. The exit status is 1 if there is none.

            Example:
              postern accounts find lovelace --data /var/lib/millbrook
            """)

    @Argument(help: "The part.")
    var text: String

    @OptionGroup var filter: AccountFilter

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let part = text.lowercased()
        let count = try list(data, json: json) { listing in
            (listing.account.email.canonical.contains(part)
                || listing.account.name.text.lowercased().contains(part))
                && filter.contains(listing)
        }
        guard count > 0 else { throw ExitCode.failure }
    }
}

/// Prints a line for each of some accounts.
///
/// - Returns: How many there are.
@discardableResult
private func list(
    _ data: DataOption, json: Bool, where isWanted: (AccountListing) -> Bool
) throws -> Int {
    let (_, store) = try data.openStore()
    var count = 0
    try forEachListing(in: store) { listing in
        guard isWanted(listing) else { return }
        print(json ? JSON.object(listing.json).line : listing.line)
        count += 1
    }
    return count
}

/// Visits all accounts; complains of those that cannot be read once it has visited the others.
func forEachListing(
    in store: AccountDirectory, _ visit: (AccountListing) throws -> Void
) throws {
    var isWhole = true
    try stored {
        try store.forEachAccount { id in
            let listing: AccountListing
            do {
                guard let account = try store.account(id) else { return }
                listing = try AccountListing(account, in: store)
            } catch let error as StoreError {
                Complaint("\(error)", hint: "'postern doctor' looks at the whole installation")
                    .print()
                isWhole = false
                return
            }
            try visit(listing)
        }
    }
    guard isWhole else { throw ExitCode(EX_IOERR) }
}
