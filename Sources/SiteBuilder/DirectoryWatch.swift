import CLinux
import Glibc

/// Tells when something in some directories, or below them, has been written (inotify(7)).
package final class DirectoryWatch {
    private let roots: [String]
    private let descriptor: Int32

    // How long nothing must happen before a change counts as finished: editors write a file in
    // several steps.
    private static let quietMilliseconds: Int32 = 40

    /// Begins to watch.
    ///
    /// - Returns: `nil` if the system has no more watches to give.
    package init?(_ roots: [String]) {
        self.roots = roots
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        watchDirectories()
    }

    deinit {
        close(descriptor)
    }

    /// Waits for a change.
    ///
    /// - Parameter milliseconds: For how long.
    /// - Returns: Whether there was one, and it is over.
    package func wait(milliseconds: Int32) -> Bool {
        guard hasEvent(within: milliseconds) else { return false }
        repeat {
            drain()
        } while hasEvent(within: Self.quietMilliseconds)
        watchDirectories()  // of which some may be new
        return true
    }

    private func watchDirectories() {
        let events = [
            IN_CREATE, IN_CLOSE_WRITE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO, IN_ATTRIB,
        ].reduce(UInt32(0)) { $0 | UInt32($1) }
        for directory in roots.flatMap(FileTree.directories) {
            _ = unsafe inotify_add_watch(descriptor, directory, events)
        }
    }

    private func hasEvent(within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wanted, 1, milliseconds) > 0
    }

    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
    }
}
