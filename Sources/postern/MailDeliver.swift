import Accounts
import ArgumentParser
import Foundation
import Glibc
import Installation
import Mail

/// `postern mail deliver`: hands over what is in the spool.
struct MailDeliver: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Hand over the mail in the spool.",
        discussion: """
            A message that cannot be handed over is tried again, after one minute and then after \
            twice as long each time, for a day. One process at a time delivers; a second one says so \
            and ends.

            Every message is handed over at least once. If a crash comes while one is handed over, \
            it is reported as in doubt, and sent again.

            Example, as a service:
              postern mail deliver --watch --data /var/lib/millbrook
            """)

    @Flag(help: "Go on until a signal ends it, and deliver what comes.")
    var watch = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let (spool, transport) = try installed { () throws(InstallationError) in
            (
                try data.spool(),
                try data.transport(
                    try data.configuration(), home: home)
            )
        }
        let signals = Signals([SIGTERM, SIGINT, SIGHUP])
        var isSound = true
        repeat {
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
                    "\(data.path)/spool: another process delivers already",
                    hint: "one is enough; end that one first if this one is to take its place"
                ).print()
                throw ExitCode(EX_TEMPFAIL)
            }
        } while watch && !signals.wait(seconds: 1)
        guard watch || isSound else { throw ExitCode(EX_TEMPFAIL) }
    }

    /// The home directory of the user, where mail programs look for their configuration.
    private var home: String { ProcessInfo.processInfo.environment["HOME"] ?? "/" }

    /// Tells of trouble always, and of success only where somebody looks on.
    private func tell(_ event: MailEvent) {
        guard event.isTrouble || isatty(STDERR_FILENO) == 1 else { return }
        say("postern: mail: \(event)")
    }
}
