import Glibc

/// How long the other side may take to send a request, or to take the answer.
///
/// A limit on the whole, and not on each read(2), frees the program from a peer that sends a byte now
/// and then (A59). When the time is over, every system call that waits is interrupted.
struct TimeLimit {
    let seconds: Int

    init(seconds: Int) {
        self.seconds = seconds
        // Not by signal(3), which would have the system call go on.
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in }
        unsafe sigaction(SIGALRM, &action, nil)
    }

    /// Calls `work`, whose system calls fail with `EINTR` once the time is over.
    func bound<Value, Failure: Error>(
        _ work: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        Self.interrupt(after: timeval(tv_sec: seconds, tv_usec: 0))
        defer { Self.interrupt(after: timeval(tv_sec: 0, tv_usec: 0)) }
        return try work()
    }

    private static func interrupt(after delay: timeval) {
        // The first signal may come between two system calls, so more follow.
        var timer = itimerval(
            it_interval: timeval(tv_sec: 0, tv_usec: 100_000), it_value: delay)
        unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }
}
