internal import Glibc

extension Directory {
    /// Removes files which a process left behind that ended in the middle of a change.
    ///
    /// - Parameter seconds: How old a file must be, so that no change under way loses its own.
    /// - Returns: How many were removed.
    /// - Throws: `FileError`.
    @discardableResult
    package func sweep(olderThan seconds: Int) throws(FileError) -> Int {
        var swept = 0
        for name in try names() where name.hasPrefix(Self.newFilePrefix) {
            if let age = try age(of: name), age > seconds, try remove(name, surviving: .kill) {
                swept += 1
            }
        }
        return swept
    }

    /// For how many seconds something has stood as it is, by the system's clock.
    ///
    /// - Returns: nil if there is nothing of that name.
    package func age(of name: String) throws(FileError) -> Int? {
        try status(of: name).map { time(nil) - $0.st_mtim.tv_sec }
    }

    /// How many bytes a file has.
    ///
    /// - Returns: nil if there is nothing of that name.
    package func length(of name: String) throws(FileError) -> Int? {
        try status(of: name).map { $0.st_size }
    }

    /// What the system knows of something; nil if there is nothing of that name.
    func status(of name: String) throws(FileError) -> stat? {
        precondition(Self.isBelow(name), "a name leads downwards")
        var status = stat()
        guard unsafe fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw .last(.open, path(of: name)) }
            return nil
        }
        return status
    }
}
