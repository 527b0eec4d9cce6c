import ArgumentParser
import Glibc

/// Where a backup goes: standard output, or a new file that has its name once it is whole.
///
/// Until then it is called `….part`, and locked. The kernel gives the lock back when a program ends,
/// however it ends, so a file of this name that nobody has locked is one that a backup left which did
/// not come to its end; the next one begins it anew.
struct BackupOutput: ~Copyable {
    let descriptor: Int32
    /// The file, and what it is called until it is whole; nil for standard output.
    private let paths: (whole: String, part: String)?
    private var isWhole = false

    /// Where it is while it is written.
    var path: String { paths?.part ?? "-" }

    init(_ path: String) throws {
        (descriptor, paths) = try path == "-" ? Self.standardOutput() : Self.newFile(path)
    }

    private typealias Opened = (descriptor: Int32, paths: (whole: String, part: String)?)

    private static func standardOutput() throws -> Opened {
        guard isatty(STDOUT_FILENO) == 0 else {
            throw Complaint(
                "a terminal is no place for an archive", hint: "name a file, or use a pipe"
            ).exit(EX_USAGE)
        }
        return (STDOUT_FILENO, nil)
    }

    private static func newFile(_ path: String) throws -> Opened {
        let part = "\(path).part"
        let descriptor = try emptyFile(part)
        // Whoever wrote it before has given it its name by the time at which the lock is free.
        guard unsafe access(path, F_OK) != 0 else {
            unsafe unlink(part)
            close(descriptor)
            throw complaint(path, EEXIST, "name a file that is not there yet")
        }
        return (descriptor, (path, part))
    }

    /// Opens and locks a file, which is made if there is none, and has nothing in it.
    private static func emptyFile(_ path: String) throws -> Int32 {
        // A pipe that somebody put there must not block.
        let descriptor = unsafe open(
            path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw complaint(path, errno) }
        do {
            var (opened, named) = (stat(), stat())
            guard unsafe fstat(descriptor, &opened) == 0 else { throw complaint(path, errno) }
            guard opened.st_mode & (S_IFMT | 0o077) == S_IFREG, opened.st_uid == geteuid(),
                opened.st_nlink == 1
            else {
                throw complaint(path, EEXIST, "it is nothing that a backup has left")
            }
            // Before it was locked, another backup may have given it its name.
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, unsafe stat(path, &named) == 0,
                named.st_ino == opened.st_ino, named.st_dev == opened.st_dev
            else { throw complaint(path, EEXIST, "another backup is writing it") }
            guard ftruncate(descriptor, 0) == 0 else { throw complaint(path, errno) }
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    deinit {
        guard let paths else { return }
        if !isWhole { unsafe unlink(paths.part) }
        close(descriptor)
    }

    /// Waits until all of it stands on the disk, and gives it its name.
    mutating func finish() throws {
        guard let paths else { return }
        guard fsync(descriptor) == 0, unsafe rename(paths.part, paths.whole) == 0 else {
            throw Self.complaint(paths.whole, errno, status: EX_IOERR)
        }
        isWhole = true
    }

    private static func complaint(
        _ path: String, _ code: Int32, _ hint: String? = nil, status: Int32 = EX_CANTCREAT
    ) -> ExitCode {
        Complaint("\(path): \(unsafe String(cString: strerror(code)))", hint: hint).exit(status)
    }
}
