private import Glibc

/// The file that is to take a filter's place, in the hands of one build at a time.
///
/// It stands beside its place as `NAME.new` and is locked. Whatever ends the build, the filter in
/// its place is the old one or the new one, whole. A draft that is given up is removed; one that a
/// `kill -9` left behind is not locked, and the next build takes it over.
struct FilterDraft: ~Copyable {
    let path: String
    private let target: String
    private let descriptor: Int32
    private var isInPlace = false

    /// Opens the draft for a place and locks it.
    static func take(for target: String) throws(FilterWriteError) -> FilterDraft {
        let path = target + ".new"
        let draft = FilterDraft(
            path: path, target: target, descriptor: try openLocked(path, for: target))
        // Nothing in it is secret, and the web server's user has to read it.
        guard fchmod(draft.descriptor, 0o644) == 0 else { throw .last(path) }
        try draft.empty()
        return draft
    }

    private init(path: String, target: String, descriptor: Int32) {
        self.path = path
        self.target = target
        self.descriptor = descriptor
    }

    deinit {
        if !isInPlace { unsafe unlink(path) }
        close(descriptor)
    }

    private static func openLocked(_ path: String, for target: String) throws(FilterWriteError)
        -> Int32
    {
        while true {
            let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
            let descriptor = unsafe open(path, flags, 0o644)
            guard descriptor >= 0 else { throw .last(path) }
            do throws(FilterWriteError) {
                if try lock(descriptor, path, for: target) { return descriptor }
            } catch {
                close(descriptor)
                throw error
            }
            close(descriptor)
        }
    }

    /// Locks a draft.
    ///
    /// - Returns: Whether it is still the draft; another build may have put it in its place since it
    ///   was opened.
    private static func lock(
        _ descriptor: Int32, _ path: String, for target: String
    ) throws(FilterWriteError) -> Bool {
        var opened = stat()
        guard unsafe fstat(descriptor, &opened) == 0 else { throw .last(path) }
        guard
            opened.st_mode & S_IFMT == S_IFREG, opened.st_uid == geteuid(), opened.st_nlink <= 1
        else { throw .occupied(file: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .busy(file: target) : .last(path)
        }
        var named = stat()
        return unsafe lstat(path, &named) == 0 && named.st_ino == opened.st_ino
    }

    /// Removes what has been written.
    func empty() throws(FilterWriteError) {
        guard ftruncate(descriptor, 0) == 0 else { throw .last(path) }
    }

    /// Writes the words of sectors.
    ///
    /// - Parameters:
    ///   - words: The words.
    ///   - number: The number of the first sector.
    /// - Throws: ``FilterWriteError/unwritable(file:reason:)``.
    func write(_ words: [UInt64], at number: Int) throws(FilterWriteError) {
        do throws(SystemError) {
            try BreachedPasswords.write(words, to: descriptor, at: number * Sector.byteCount)
        } catch {
            throw .unwritable(file: path, reason: "\(error)")
        }
    }

    /// Waits until all of it stands on the disk, and renames it to its place.
    mutating func putInPlace() throws(FilterWriteError) {
        guard fsync(descriptor) == 0 else { throw .last(path) }
        guard unsafe rename(path, target) == 0 else { throw .last(target) }
        isInPlace = true
        let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = slash.map { String(target[...$0]) } ?? "."
        let above = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard above >= 0 else { throw .last(target) }
        defer { _ = close(above) }
        guard fsync(above) == 0 else { throw .last(target) }
    }
}

extension FilterWriteError {
    /// The reason which the last system call left in `errno`.
    fileprivate static func last(_ path: String) -> Self {
        .unwritable(file: path, reason: "\(SystemError.last)")
    }
}
