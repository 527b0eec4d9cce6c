private import Glibc

/// Which file stands at a path, and in which state.
///
/// Whatever is done to the file, or puts another one in its place, gives another state: the kernel moves
/// the time of its last change (`ctime`), which nobody can set.
package struct FileState: Sendable, Equatable {
    private let device: UInt
    private let number: UInt
    private let length: Int
    private let changedAt: (seconds: Int, nanoseconds: Int)

    fileprivate init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
        length = status.st_size
        changedAt = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.device == right.device && left.number == right.number && left.length == right.length
            && left.changedAt == right.changedAt
    }

    /// Whether a change from now on is sure to be seen.
    ///
    /// The kernel's clock moves in steps of some milliseconds, and two changes within one step could
    /// look alike.
    package var isSettled: Bool { changedAt.seconds + 2 <= time(nil) }
}

extension Directory {
    /// The state of a file, or nil if there is none of that name.
    package func state(of name: String) throws(FileError) -> FileState? {
        precondition(Self.isBelow(name), "a name leads downwards")
        var status = stat()
        guard unsafe fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw .last(.open, path(of: name)) }
            return nil
        }
        return FileState(status)
    }
}
