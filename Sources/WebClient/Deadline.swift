internal import Glibc

/// The moment at which all waiting ends, by a clock that nobody sets.
struct Deadline {
    private let nanoseconds: Int

    init(inMilliseconds milliseconds: Int) {
        nanoseconds = Self.now + milliseconds * 1_000_000
    }

    /// How much time is left, a millisecond begun being a whole one; 0 if none is.
    var millisecondsLeft: Int {
        max(0, (nanoseconds - Self.now + 999_999) / 1_000_000)
    }

    /// Waits until a descriptor can be read from or written to.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - events: `POLLIN` or `POLLOUT`.
    /// - Throws: ``WebError/timedOut``, also if the time was over before.
    func wait(for descriptor: Int32, _ events: Int32) throws(WebError) {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        while true {
            let left = millisecondsLeft
            guard left > 0 else { throw .timedOut }
            guard unsafe poll(&entry, 1, Int32(clamping: left)) <= 0 else { return }
        }
    }

    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
