import Glibc

/// A message on standard error in the form `score: error: …`, with a hint if there is one.
///
/// Nothing that was typed stands in one: it may be a password.
struct Complaint: Error, Equatable {
    let message: String
    let hint: String?
    /// With which the program ends (sysexits.h).
    let exitCode: Int32

    init(_ message: String, hint: String? = nil, exitCode: Int32 = EX_USAGE) {
        self.message = message
        self.hint = hint
        self.exitCode = exitCode
    }

    func print() {
        say("score: error: \(message)\n")
        if let hint {
            say("score: hint: \(hint)\n")
        }
    }
}

/// Writes to standard error.
func say(_ text: String) {
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
}
