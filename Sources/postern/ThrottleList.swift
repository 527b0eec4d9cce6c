import AccountFiles
import Accounts
import ArgumentParser
import Installation

/// `postern throttle list`: what is counted.
struct ThrottleList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List who has to wait, and until when.",
        discussion: """
            The files of counts name nobody: they hold keyed hashes. A hash is recognised if it is that \
            of an account or of an address or a network in the log. What else is counted, such as the \
            failures of a browser that an account knows, is listed as unknown. How long an unknown one \
            has to wait cannot be said, so it is listed if it failed more than five times in a day. \
            With --all everything is listed that is counted still, also what may go on at once.

            Each line has what is counted and for whom, how many failures there were, the last of them, \
            when the next attempt is heard, and the name of the hash. With --json a line is an object: \
            'kind', 'of', 'failures', 'last_failure', 'opens_at', 'name'.

            Example:
              postern throttle list --data /var/lib/millbrook
            """)

    @Flag(help: "Also what was counted without making anybody wait yet.")
    var all = false

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let (data, store) = try data.openStore()
        let configuration = try installed { () throws(InstallationError) in
            try data.configuration()
        }
        let counts = try stored {
            var known = try KnownThrottles(data.log, of: store)
            known.add(.textDay(Timestamp.now.dayNumber, most: configuration.texts.perDay))
            try store.forEachAccount { id in
                // One that cannot be read is a matter of `postern doctor`.
                if let account = try? store.account(id) { known.add(account) }
            }
            return try known.counts(at: .now)
        }
        for count in counts where all || count.mayMakeWait(at: .now) {
            print(json ? count.json.line : count.line)
        }
    }
}

extension ThrottleCount {
    fileprivate var line: String {
        let (kind, holder) = words
        let until = opensAt.map { "until \($0.text)  " } ?? ""
        return "\(kind) \(holder)  failures \(throttle.failures)  "
            + "last \(throttle.lastFailure.text)  \(until)\(name.text)"
    }

    fileprivate var json: JSON {
        let (kind, holder) = words
        return .object([
            ("kind", .text(kind)), ("of", key == nil ? .null : .text(holder)),
            ("failures", .number(throttle.failures)),
            ("last_failure", .text(throttle.lastFailure.text)),
            ("opens_at", .optional(opensAt?.text)), ("name", .text(name.text)),
        ])
    }

    private var words: (kind: String, holder: String) {
        guard let words = key?.text.split(separator: " ", maxSplits: 1), words.count == 2 else {
            return ("unknown", "-")
        }
        return (String(words[0]), String(words[1]))
    }
}
