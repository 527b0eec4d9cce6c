import AccountFiles
import Accounts
import ArgumentParser
import Installation

/// `postern sessions`: the sessions of all accounts.
struct Sessions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "See who is signed in, and sign everybody out.",
        subcommands: [SessionsList.self, SessionsEnd.self])
}

/// `postern sessions list`: who is signed in.
struct SessionsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the sessions that go on, of every account.",
        discussion: """
            One line for each session: the address of its account, when its owner signed in and when a \
            page was last asked for, to within an hour, and from which network and browser. With --json \
            a line is an object: 'address', 'since', 'used', 'network', 'browser'.

            Example:
              postern sessions list --data /var/lib/millbrook
            """)

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let (data, store) = try data.openStore()
        let configuration = try installed { () throws(InstallationError) in
            try data.configuration()
        }
        let begin = try stored { try store.sessionsLastEnded() }
        let now = Timestamp.now
        try forEachListing(in: store) { listing in
            let account = listing.account
            for session in account.sessions
            where session.signedInAt >= begin && configuration.keepsOpen(session, at: now) {
                print(json ? Self.json(session, account).line : Self.line(session, account))
            }
        }
    }

    private static func line(_ session: Session, _ account: Account) -> String {
        "\(account.email.text)  since \(session.signedInAt.text)  used \(session.usedAt.text)  "
            + "\(session.visitor.network)  \(session.visitor.browser)"
    }

    private static func json(_ session: Session, _ account: Account) -> JSON {
        .object([
            ("address", .text(account.email.text)), ("since", .text(session.signedInAt.text)),
            ("used", .text(session.usedAt.text)), ("network", .text(session.visitor.network)),
            ("browser", .text(session.visitor.browser)),
        ])
    }
}

/// `postern sessions end`: signs everybody out.
struct SessionsEnd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Sign everybody out, by one write.",
        discussion: """
            From the next request on, every browser has to sign in again. Passwords stay as they are.

            Example:
              postern sessions end --all --data /var/lib/millbrook
            """)

    @Flag(help: "Every session of every account.")
    var all = false

    @OptionGroup var data: DataOption

    func validate() throws {
        guard all else { throw ValidationError("say --all to end every session of every account") }
    }

    func run() throws {
        let (data, store) = try data.openStore()
        try stored { try store.advanceSiteEpoch() }
        data.log.write(LogEntry(.maintained(.sessionsEnded), at: .now))
    }
}

extension Configuration {
    /// Whether a session has not lasted too long yet, nor gone unused for too long.
    fileprivate func keepsOpen(_ session: Session, at now: Timestamp) -> Bool {
        now < session.usedAt + Int64(sessionIdleDays) * Duration.day
            && now < session.signedInAt + Int64(sessionDays) * Duration.day
    }
}
