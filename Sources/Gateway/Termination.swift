import CLinux
import Glibc

/// The wish of the process manager that the program ends, heard only between two requests.
///
/// `SIGTERM`, and `SIGUSR1` as FastCGI's own process managers send it, are kept blocked and read from
/// a descriptor, so that none interrupts a request and none gets lost.
struct Termination: ~Copyable {
    private let descriptor: Int32

    init() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGUSR1)
        unsafe sigprocmask(SIG_BLOCK, &signals, nil)
        descriptor = unsafe signalfd(-1, &signals, Int32(SFD_CLOEXEC))
    }

    deinit {
        close(descriptor)
    }

    /// What came first.
    enum Event {
        case readable
        case timeOver
        case termination
    }

    /// Waits until a descriptor can be read, for so many seconds or without limit.
    func next(or other: Int32, upTo seconds: Int?) -> Event {
        var wanted = [descriptor, other].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let milliseconds = seconds.map { Int32($0 * 1000) } ?? -1
        let count = unsafe poll(&wanted, nfds_t(wanted.count), milliseconds)
        guard count != 0 else { return .timeOver }
        return wanted[0].revents == 0 ? .readable : .termination
    }
}
