import AccountFiles
import Accounts
import ArgumentParser
import Glibc
import Installation

/// `postern log`: what happened at a site.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show what happened: who tried to sign in, and what you did.",
        discussion: """
            Shows the lines of the log from the oldest to the newest. With --follow it begins at the \
            last ten and goes on with what is added until Ctrl-C, also after logrotate has renamed the \
            file. With --since it begins at a moment, which may lie in the file that was renamed last.

            With --json each line is an object: 'at', 'kind', and a member for each field.

            Examples:
              postern log --follow --data /var/lib/millbrook
              postern log --since 2d --account ada@example.org
              postern log --since 2026-11-28 --json
            """)

    /// How many lines come before those that are waited for.
    private static let mostRecent = 10

    @Flag(help: "Go on with what is added, until a signal ends it.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "From when on: a day, a moment in UTC such as 2026-11-28T09:00:00Z, or how long ago, such as 30m, 12h or 7d.",
            valueName: "moment"),
        transform: moment)
    var since: Timestamp?

    @Option(help: "Only what was tried with an address, or happened to its account.")
    var account: String?

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let isWanted = try filter(in: data)
        // Held back, so that the last line is not cut off.
        let signals = Signals(follow ? [SIGINT, SIGTERM, SIGHUP] : [])
        if since != nil {
            var last = data.log.readerOfLast()
            try forEach(&last) { if isWanted($0) { show($0) } }
        }
        var log = data.log.reader()
        if follow, since == nil {
            var recent: [String] = []
            try forEach(&log) { line in
                guard isWanted(line) else { return }
                recent = recent.suffix(Self.mostRecent - 1) + [line]
            }
            recent.forEach(show)
        }
        repeat {
            try forEach(&log) { if isWanted($0) { show($0) } }
            // A reader behind a pipe sees them at once.
            fflush(nil)
        } while follow && !signals.wait(seconds: 1)
    }

    private func forEach(_ log: inout LogReader, _ visit: (String) -> Void) throws {
        try stored {
            var lines = try log.lines()
            while !lines.isEmpty {
                lines.forEach(visit)
                lines = try log.lines()
            }
        }
    }

    /// Which lines are shown.
    private func filter(in data: DataDirectory) throws -> (String) -> Bool {
        let address = try account.map { try EmailAddress(typed: $0) }
        let id = try address.flatMap { address in
            let store = try installed { () throws(InstallationError) in try data.store() }
            return try stored { try store.account(at: address)?.id.text }
        }
        return { [since] text in
            guard address != nil || since != nil else { return true }
            guard let line = LogLine(text) else { return false }
            if let since, line.at < since { return false }
            guard let address else { return true }
            return id != nil && line["account"] == id
                || line["user"].flatMap(EmailAddress.init)?.canonical == address.canonical
        }
    }

    /// Shows a line; what somebody else has written into the file commands no terminal (A54).
    private func show(_ text: String) {
        if json {
            if let line = LogLine(text) { print(line.json.line) }
        } else {
            print(text.printable)
        }
    }

    private static func moment(_ text: String) throws -> Timestamp {
        let units = ["m": Duration.minute, "h": Duration.hour, "d": Duration.day]
        if let moment = Timestamp(text: text) ?? Timestamp(text: "\(text)T00:00:00Z") {
            return moment
        }
        guard let unit = units[String(text.suffix(1))], let count = Int64(text.dropLast()),
            (0...100_000).contains(count)
        else {
            throw ValidationError(
                "'\(text)' is no moment, as 2026-11-28, 2026-11-28T09:00:00Z or 12h")
        }
        return .now - count * unit
    }
}

extension String {
    /// The text in printable ASCII, everything else as `\u{…}`.
    fileprivate var printable: String {
        unicodeScalars.map { scalar in
            (" "..."~").contains(scalar)
                ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }.joined()
    }
}
