private import CTLS
private import Glibc
private import Synchronization

/// A name being looked up, on a thread of its own.
///
/// The system's lookup takes as long as it takes and cannot be ended. So whoever waits for it gives
/// up when the time is over, and the thread ends later.
final class NameLookup: Sendable {
    private let host: String
    private let port: UInt16
    /// What became of it; nil as long as it goes on.
    private let outcome = Mutex<Result<[SocketAddress], WebError>?>(nil)
    /// Can be read from as soon as there is an outcome.
    private let bell = eventfd(0, Int32(EFD_CLOEXEC))

    /// Begins the lookup.
    init(of host: String, port: UInt16) {
        self.host = host
        self.port = port
        _ = Self.neverLoadsModules
        start()
    }

    deinit {
        close(bell)
    }

    var goesOn: Bool { outcome.withLock { $0 == nil } }

    /// Waits for the addresses.
    ///
    /// - Throws: ``WebError/timedOut`` or ``WebError/unknownHost(_:)``.
    func addresses(by deadline: Deadline) throws(WebError) -> [SocketAddress] {
        if goesOn { try deadline.wait(for: bell, POLLIN) }
        guard let outcome = outcome.withLock({ $0 }) else { throw .timedOut }
        return try outcome.get()
    }

    /// A static program has the lookup in files and in the DNS, and can load no other kind that
    /// `/etc/nsswitch.conf` may name.
    private static let neverLoadsModules: Void = {
        _ = unsafe __nss_configure_lookup("hosts", "files dns")
    }()

    private func start() {
        // Signals are for the threads of the program.
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }

        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(self)
        let failure = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<NameLookup>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard failure == 0 else {
            unsafe argument.release()
            return finish(.failure(.unreachable(failure)))
        }
        pthread_detach(thread)
    }

    private func run() {
        let found: Result<[SocketAddress], WebError>
        do throws(WebError) {
            found = .success(try SocketAddress.all(of: host, port: port))
        } catch {
            found = .failure(error)
        }
        finish(found)
    }

    private func finish(_ found: Result<[SocketAddress], WebError>) {
        outcome.withLock { $0 = found }
        eventfd_write(bell, 1)
    }
}
