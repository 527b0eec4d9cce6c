import AccountFiles
import Accounts
import ArgumentParser
import Cryptography
import Installation

/// Which accounts a listing has.
struct AccountFilter: ParsableArguments {
    @Option(help: "Only those in a group.")
    var group: GroupName?

    @Flag(help: "Only those that are disabled.")
    var disabled = false

    @Flag(help: "Only those without a second factor.")
    var withoutFactor = false

    @Flag(help: "Only those that were imported, and whose owners have not signed in yet.")
    var imported = false

    @Option(
        help: ArgumentHelp(
            "Only those whose owners have not signed in or asked for a page since a day, such as 2026-01-31.",
            valueName: "day"),
        transform: day)
    var unseenSince: Timestamp?

    /// Whether an account is one of those.
    func contains(_ listing: AccountListing) -> Bool {
        let account = listing.account
        if let group, !account.groups.contains(group) { return false }
        if disabled, !account.isDisabled { return false }
        if withoutFactor, !account.factors.isEmpty { return false }
        if imported {
            guard case .imported = account.password else { return false }
        }
        if let unseenSince, let seen = listing.lastSeen, seen >= unseenSince { return false }
        return true
    }

    private static func day(_ text: String) throws -> Timestamp {
        guard let begin = Timestamp(text: "\(text)T00:00:00Z") else {
            throw ValidationError("'\(text)' is no day, as 2026-11-28")
        }
        return begin
    }
}

extension LanguageTag: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}

extension GroupName: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
