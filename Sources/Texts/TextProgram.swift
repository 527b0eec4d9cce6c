private import Accounts
package import Outbox

/// A program of the operator's that takes a text message and carries it on.
///
/// It reads the number in E.164 in the first line of its standard input, and after that the text.
/// Nothing stands in its argument list, where every user of the machine could read it. Exit status 0
/// means that it has taken the message; 65, 67 and 68 that it never will (sysexits.h).
package struct TextProgram: Transport {
    private let command: Command
    private let patienceInSeconds: Int

    /// Names the program.
    ///
    /// - Parameters:
    ///   - program: Its absolute path.
    ///   - home: The home directory, where it may look for its configuration.
    ///   - patienceInSeconds: For how long it may work on one message.
    package init(_ program: String, home: String = "/", patienceInSeconds: Int = 30) {
        command = Command(program, home: home)
        self.patienceInSeconds = patienceInSeconds
    }

    package func deliver(_ text: OutgoingText, named name: String) -> DeliveryResult {
        let input = "\(text.message.number.text)\n\(text.message.text)"
        return command.handOver(Array(input.utf8), patienceInSeconds: patienceInSeconds)
    }
}
