import AccountSite
import Accounts
import ArgumentParser
import Glibc
import LiveWorld

/// `postern accounts add`: invites somebody.
struct AccountsAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Invite somebody to have an account.",
        discussion: """
            They get a mail with a link that works for seven days, confirm their address by it, and \
            choose a password that nobody else sees. There is no account until then. Another \
            invitation to the same address takes the place of the first.

            Example:
              postern accounts add ada@example.org --name "Ada Lovelace" --group staff
            """)

    @Argument(help: "The address to which the invitation goes.")
    var address: String

    @Option(help: "What the person is called.")
    var name = ""

    @Option(help: "The language of the mail, such as 'de' (default: the site's own).")
    var language: LanguageTag?

    @Option(help: "A group that the account belongs to; may be given more than once.")
    var group: [GroupName] = []

    @OptionGroup var data: DataOption

    func run() throws {
        let email = try EmailAddress(typed: address)
        guard let name = PersonName(name) else {
            throw Complaint("the name is too long, or has a control character").exit(EX_USAGE)
        }
        let world = try data.openWorld()
        let isInvited = try stored {
            try Operator.invite(email, name, language, groups: Set(group), in: world)
        }
        guard isInvited else {
            throw Complaint(
                "\(email.text) has an account already",
                hint: "'postern accounts reset' mails a link to a new password"
            ).exit(EX_DATAERR)
        }
    }
}
