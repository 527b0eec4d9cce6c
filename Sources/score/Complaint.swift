import Glibc

/// A message on standard error in the form `score: error: …`, with a hint if there is one.
///
/// Nothing that was typed stands in one: it may be a password.
struct Complaint: Error, Equatable {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
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
