import AccountFiles
import ArgumentParser
import Installation

/// `postern sessions`: the sessions of all accounts.
struct Sessions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "End the sessions of all accounts.",
        subcommands: [SessionsEnd.self])
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
        let data = try data.open()
        let store = try installed { () throws(InstallationError) in try data.store() }
        try stored { try store.advanceSiteEpoch() }
    }
}
