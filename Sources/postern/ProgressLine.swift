import Glibc

/// How far something is, in a line of the terminal that is written over once a second.
///
/// Where standard error is no terminal, nothing is written.
struct ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var task = ""
    private var taskBegan = 0
    private var shown = 0

    /// Shows a task, and how much of it is done if that is known.
    mutating func show(_ task: String, _ share: Double?) {
        let now = time(nil)
        guard isShown, now > shown else { return }
        shown = now
        if task != self.task {
            self.task = task
            taskBegan = now
        }
        var line = task
        if let share {
            line += " \(Int(100 * share)) %"
            // After a few seconds it can be said how fast it goes.
            if now - taskBegan > 3, share > 0 {
                let left = Double(now - taskBegan) * (1 - share) / share
                line += ", \(Self.text(ofSeconds: Int(left))) left"
            }
        }
        write("\r\u{1b}[K" + line)
    }

    /// Leaves the line empty for what comes next.
    mutating func clear() {
        guard shown > 0 else { return }
        shown = 0
        write("\r\u{1b}[K")
    }

    private static func text(ofSeconds seconds: Int) -> String {
        seconds < 120
            ? "\(seconds) s" : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }

    private func write(_ text: String) {
        _ = unsafe Glibc.write(STDERR_FILENO, text, text.utf8.count)
    }
}
