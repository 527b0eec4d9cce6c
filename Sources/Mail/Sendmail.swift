private import Glibc

/// The machine's own mail program, which takes a message on standard input and carries it on.
///
/// Postfix, Exim, OpenSMTPD, msmtp, dma and nullmailer all have one. It is started without a shell,
/// with nothing of this program's environment but the home directory, and every address is an
/// argument of its own behind `-f` or `--`.
package struct Sendmail: MailTransport {
    private let program: String
    private let home: String
    private let patienceInSeconds: Int

    /// Names the program.
    ///
    /// - Parameters:
    ///   - program: Its absolute path.
    ///   - home: The home directory, where msmtp looks for its configuration.
    ///   - patienceInSeconds: For how long it may work on one message.
    package init(program: String, home: String = "/", patienceInSeconds: Int = 300) {
        self.program = program
        self.home = home
        self.patienceInSeconds = patienceInSeconds
    }

    package func deliver(_ mail: SpooledMail, named name: String) -> DeliveryResult {
        let command = Command(
            program: program,
            arguments: ["-i", "-f", mail.sender.address, "--", mail.recipient.address],
            environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(home)"])
        // A file and not a pipe: were this program to end in the middle of writing to a pipe, the
        // other one would take the end for that of the message and send half of it.
        switch command.run(input: mail.message, patienceInSeconds: patienceInSeconds) {
        case .exited(0, _): return .delivered
        case .exited(let status, let complaint):
            let reason = "exit status \(status)\(complaint.isEmpty ? "" : ": \(complaint)")"
            return Self.isFinal(status) ? .refused(reason: reason) : .deferred(reason: reason)
        case .signalled(let signal): return .deferred(reason: "ended by signal \(signal)")
        case .tookTooLong:
            return .deferred(reason: "took longer than \(patienceInSeconds) seconds")
        case .notStarted(let code):
            return .deferred(
                reason: "cannot start \(program): \(unsafe String(cString: strerror(code)))")
        }
    }

    /// Whether the message or its recipient is at fault, so that trying again cannot help.
    ///
    /// 65, 67 and 68 are EX_DATAERR, EX_NOUSER and EX_NOHOST of sysexits.h. Everything else is a
    /// fault of the machine or its configuration, which somebody may repair.
    private static func isFinal(_ status: Int32) -> Bool {
        [65, 67, 68].contains(status)
    }
}
