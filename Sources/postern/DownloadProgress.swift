import Glibc

/// How far a download has come, on a terminal and nowhere else.
struct DownloadProgress {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private var begin = ContinuousClock.now
    private var lastShown = ContinuousClock.now
    private var total = 0
    private var done = 0
    private var advanced = 0

    /// Whether nothing has come yet.
    var isAtBeginning: Bool { advanced == 0 }

    /// Begins, where some of it is there already.
    mutating func begin(total: Int, done: Int) {
        self.total = total
        self.done = done
        begin = clock.now
        show()
    }

    /// Counts one that has come.
    mutating func advance() {
        advanced += 1
        guard clock.now - lastShown > .milliseconds(500) else { return }
        show()
    }

    /// Says that nothing comes for a while, and why.
    func pause(seconds: Int, reason: String) {
        guard isShown else { return }
        write("\(reason); waiting for \(seconds) s")
    }

    /// Leaves the last line where it is.
    mutating func end() {
        guard isShown else { return }
        show()
        say("")
    }

    private mutating func show() {
        guard isShown else { return }
        lastShown = clock.now
        let seconds = (clock.now - begin) / .seconds(1)
        let rate = Double(advanced) / max(seconds, 0.001)
        let percent = 100 * (done + advanced) / max(total, 1)
        var text = "\(percent) %, \(done + advanced) of \(total) ranges"
        if advanced > 0 {
            let left = Int(Double(total - done - advanced) / rate)
            text += ", \(Int(rate)) a second, \(left / 3600) h \(left / 60 % 60) min left"
        }
        write(text)
    }

    /// Writes over the line.
    private func write(_ text: String) {
        let line = "\r\u{1B}[K\(text)"
        _ = unsafe Glibc.write(STDERR_FILENO, line, line.utf8.count)
    }
}
