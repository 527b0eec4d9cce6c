private import Glibc

extension Command {
    /// Hands a message to the program.
    ///
    /// - Parameters:
    ///   - input: The message, as the program reads it from standard input.
    ///   - patienceInSeconds: For how long it may work on it.
    /// - Returns: What came of it.
    package func handOver(_ input: [UInt8], patienceInSeconds: Int) -> DeliveryResult {
        switch run(input: input, patienceInSeconds: patienceInSeconds) {
        case .exited(0, _): return .delivered
        case .exited(let status, let complaint):
            let reason = "exit status \(status)\(complaint.isEmpty ? "" : ": \(complaint)")"
            return Self.isFinal(status) ? .refused(reason: reason) : .deferred(reason: reason)
        case .unfinished(let reason): return .deferred(reason: reason)
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
