package import Outbox

/// The machine's own mail program, which takes a message on standard input and carries it on.
///
/// Postfix, Exim, OpenSMTPD, msmtp, dma and nullmailer all have one. It is started without a shell,
/// with nothing of this program's environment but the home directory, and every address is an
/// argument of its own behind `-f` or `--`.
package struct Sendmail: Transport {
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

    package func deliver(_ mail: OutgoingMail, named name: String) -> DeliveryResult {
        let command = Command(
            program, arguments: ["-i", "-f", mail.sender.address, "--", mail.recipient.address],
            home: home)
        return command.handOver(mail.message, patienceInSeconds: patienceInSeconds)
    }
}
