import ArgumentParser
import Glibc

/// A message on standard error in the form `postern: error: …`, with a hint if there is one.
struct Complaint {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    /// Prints it, and gives what the program ends with: a code of sysexits.h.
    func exit(_ code: Int32) -> ExitCode {
        print()
        return ExitCode(code)
    }

    func print() {
        say("postern: error: \(message)")
        if let hint {
            say("postern: hint: \(hint)")
        }
    }
}

/// Writes a line to standard error.
func say(_ line: String) {
    sayWithoutEnd(line + "\n")
}

/// Writes to standard error what somebody's answer stands behind.
func sayWithoutEnd(_ text: String) {
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
}
