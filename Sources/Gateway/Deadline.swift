import Glibc

/// By when the other side must have sent a request, or taken the answer.
///
/// A limit on the whole, and not on each read(2), frees the program from a peer that sends a byte now
/// and then (A59). The descriptors do not block, so that there is waiting only here.
struct Deadline {
    private let end: Int

    init(seconds: Int) {
        end = Self.now + 1000 * seconds
    }

    /// Makes a descriptor one that does not block.
    static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    /// Reads what has come, or waits for it.
    ///
    /// - Returns: What read(2) returns; once the time is over, -1 with `ETIMEDOUT` in `errno`.
    @unsafe func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        wait(for: POLLIN, on: descriptor) {
            unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
    }

    /// Writes bytes to the end, or until the other side takes no more.
    ///
    /// - Returns: Whether all were taken in time.
    @discardableResult
    func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        unsafe bytes.withUnsafeBytes { bytes in
            var rest = unsafe bytes[...]
            while unsafe !rest.isEmpty {
                let count = wait(for: POLLOUT, on: descriptor) {
                    unsafe Glibc.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                }
                guard count > 0 else { return false }
                unsafe rest = unsafe rest.dropFirst(count)
            }
            return true
        }
    }

    /// Calls a system call again until it need not wait any more.
    private func wait(for event: Int32, on descriptor: Int32, _ call: () -> Int) -> Int {
        while true {
            let result = call()
            guard result < 0, errno == EAGAIN || errno == EINTR else { return result }
            let rest = end - Self.now
            guard rest > 0 else {
                errno = ETIMEDOUT
                return -1
            }
            var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            unsafe poll(&wanted, 1, Int32(rest))
        }
    }

    /// Milliseconds on a clock that nobody sets.
    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
