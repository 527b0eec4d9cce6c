import CLinux
import Glibc

/// Signals that are waited for instead of being obeyed at once, so that nothing is left half done.
///
/// They are only looked at and never taken, so that every thread hears of one that has come.
final class Signals: Sendable {
    private let set: sigset_t
    private let descriptor: Int32

    /// Holds the signals back from now on, in this thread and those that it starts.
    init(_ signals: [Int32]) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals {
            unsafe sigaddset(&set, signal)
        }
        self.set = set
        unsafe sigprocmask(SIG_BLOCK, &set, nil)
        descriptor = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC))
    }

    deinit {
        close(descriptor)
    }

    /// Whether one of the signals has come.
    func hasCome() -> Bool { wait(seconds: 0) }

    /// Lets the signals that have come take effect, which is the end of the program as a rule.
    func obey() {
        var set = set
        unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
    }

    /// Waits for one of the signals.
    ///
    /// - Parameter seconds: For how long.
    /// - Returns: Whether one came.
    func wait(seconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wanted, 1, seconds * 1000) > 0
    }
}
