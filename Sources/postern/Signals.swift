import Glibc

/// Signals that are waited for instead of being obeyed at once, so that nothing is left half done.
final class Signals {
    private let signals: [Int32]
    private var set = sigset_t()

    /// Holds the signals back from now on.
    init(_ signals: [Int32]) {
        self.signals = signals
        unsafe sigemptyset(&set)
        for signal in signals {
            unsafe sigaddset(&set, signal)
        }
        unsafe sigprocmask(SIG_BLOCK, &set, nil)
    }

    /// Whether one of the signals is waiting to be heard.
    func hasCome() -> Bool {
        var pending = sigset_t()
        unsafe sigpending(&pending)
        return signals.contains { unsafe sigismember(&pending, $0) == 1 }
    }

    /// Lets the signals that have come take effect, which is the end of the program as a rule.
    func obey() {
        unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
    }

    /// Waits for one of the signals.
    ///
    /// - Parameter seconds: For how long.
    /// - Returns: Whether one came.
    func wait(seconds: Int) -> Bool {
        var time = timespec(tv_sec: seconds, tv_nsec: 0)
        return unsafe sigtimedwait(&set, nil, &time) > 0
    }
}
