import AccountFiles
import AccountSite
import Accounts
import ArgumentParser
import Foundation
import Glibc
import Installation
import LiveWorld
import Outbox

/// `postern deliver`: hands over what is in the spool, mail and text messages.
struct Deliver: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hand over the mail and the text messages in the spool.",
        discussion: """
            Mail that cannot be handed over is tried again, after one minute and then after twice as \
            long each time, for a day; a text message after five seconds and then after three times \
            as long, until its code has expired. Neither waits for the other. One process at a time \
            delivers; a second one says so and ends.

            Every message is handed over at least once, unless it expires. If a crash comes while \
            one is handed over, it is reported as in doubt, and sent again.

            Example, as a service:
              postern deliver --watch --data /var/lib/millbrook
            """)

    @Flag(help: "Go on until a signal ends it, and deliver what comes.")
    var watch = false

    @OptionGroup var data: DataOption

    func run() throws {
        let errands = try errands(in: try data.open())
        let signals = Signals([SIGTERM, SIGINT, SIGHUP])
        let isSound = try Errand.runAll(errands, watching: watch, until: signals)
        guard watch || isSound else { throw ExitCode(EX_TEMPFAIL) }
    }

    /// What there is to do; no code waits for a mail program that hangs.
    private func errands(in data: DataDirectory) throws -> [Errand] {
        try installed { () throws(InstallationError) in
            let configuration = try data.configuration()
            var errands = [
                Self.drain(
                    try data.mailSpool(), "\(data.path)/spool",
                    by: try data.mailTransport(configuration, home: home))
            ]
            if let transport = try data.textTransport(configuration, home: home) {
                errands.append(
                    Self.drain(try data.textSpool(), "\(data.path)/spool/texts", by: transport))
            }
            return errands + [try Self.watch(data)]
        }
    }

    /// The home directory of the user, where mail programs look for their configuration.
    private var home: String { ProcessInfo.processInfo.environment["HOME"] ?? "/" }

    /// Looks after the accounts that are due, and writes mail where somebody has to be told.
    private static func watch(_ data: DataDirectory) throws(InstallationError) -> Errand {
        let site = try InstalledSite(
            data, forms: Pages.forms, mails: Pages.mails, messages: Pages.messages)
        return Errand { _ in
            try stored {
                let due = try site.store.takeDue(at: .now)
                if !due.isEmpty { try Watch.lookAfter(due, in: World(site)) }
            }
            return true
        }
    }

    private static func drain<Item>(
        _ spool: Spool<Item>, _ path: String, by transport: some Transport<Item>
    ) -> Errand {
        Errand { signals in
            var isSound = true
            let isDone = try stored {
                try spool.drain(
                    by: transport, now: { Timestamp.now.seconds },
                    shouldStop: { signals.hasCome() }
                ) { event in
                    isSound = isSound && !event.isTrouble
                    tell(event)
                }
            }
            guard isDone else {
                Complaint(
                    "\(path): another process delivers already",
                    hint: "one is enough; end that one first if this one is to take its place"
                ).print()
                throw ExitCode(EX_TEMPFAIL)
            }
            return isSound
        }
    }

    /// Tells of trouble always, and of success only where somebody looks on.
    private static func tell<Item>(_ event: SpoolEvent<Item>) {
        guard event.isTrouble || isatty(STDERR_FILENO) == 1 else { return }
        say("postern: \(Item.kind): \(event)")
    }
}
