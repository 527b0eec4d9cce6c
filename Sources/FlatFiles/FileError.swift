private import Glibc

/// Why something could not be done to a file or a directory.
package struct FileError: Error, Equatable, CustomStringConvertible {
    /// What was to be done, as it stands in the sentence.
    package enum Operation: String, Sendable {
        case open, read, write, sync, lock, remove, rename
        case list = "list the files of"
        case make = "make"
    }

    /// What stood in the way.
    package enum Problem: Sendable, Equatable {
        /// The system's reason, an `errno`.
        case system(Int32)
        /// There is nothing of that name, and there should be.
        case missing
        /// A symbolic link stands where the thing itself belongs.
        case symbolicLink
        /// A directory, a socket or the like stands where a file belongs.
        case noFile
        /// The file has a second name, by which it can be changed or read from elsewhere.
        case hardLink
        /// It is on another machine's disk, where locks and syncs cannot be relied on.
        case remote
        /// Another user owns it.
        case foreign(owner: UInt32, user: UInt32)
        /// The mode lets others in.
        case openToOthers(mode: UInt32)
        /// There are more bytes than a file of this kind can have.
        case tooLong(limit: Int)
        /// Another process held the lock all the time.
        case busy(seconds: Int)
    }

    package let operation: Operation
    package let path: String
    package let problem: Problem

    package init(_ operation: Operation, _ path: String, _ problem: Problem) {
        self.operation = operation
        self.path = path
        self.problem = problem
    }

    /// The reason which the last system call left in `errno`.
    static func last(_ operation: Operation, _ path: String) -> Self {
        // O_NOFOLLOW reports a symbolic link as a loop (open(2)).
        Self(operation, path, errno == ELOOP ? .symbolicLink : .system(errno))
    }

    /// One sentence which says what could not be done, where and why.
    package var description: String { "cannot \(operation.rawValue) \(path): \(problem)" }
}

extension FileError.Problem: CustomStringConvertible {
    /// The reason, and what to do where that is known.
    package var description: String {
        switch self {
        case .system(let code): unsafe String(cString: strerror(code))
        case .missing: "it is missing"
        case .symbolicLink: "it is a symbolic link; the thing itself belongs there"
        case .noFile: "it is not a regular file"
        case .hardLink: "it has a second name (a hard link); remove the other one"
        case .remote: "it is on a network file system; choose a directory on a local disk"
        case .foreign(let owner, let user):
            "it belongs to user \(owner), and this program runs as user \(user)"
        case .openToOthers(let mode):
            "others can use it (mode \(String(mode, radix: 8))); "
                + "take their rights away with 'chmod go='"
        case .tooLong(let limit): "it has more than \(limit) bytes"
        case .busy(let seconds): "another process has held its lock for \(seconds) seconds"
        }
    }
}
