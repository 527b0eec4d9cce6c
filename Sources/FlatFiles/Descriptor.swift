internal import Glibc

/// Something open, and closed as soon as the value is gone.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32
    /// Where it was found, for a sentence about it.
    let path: String

    /// Opens a path below a directory; `O_CLOEXEC` and `O_NOFOLLOW` are always set.
    ///
    /// - Returns: nil if there is nothing of that name.
    static func open(
        _ name: String, at directory: Int32, _ flags: Int32, path: String
    ) throws(FileError) -> Descriptor? {
        let number = unsafe openat(directory, name, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            guard errno != ENOENT else { return nil }
            throw .last(.open, path)
        }
        return Descriptor(number: number, path: path)
    }

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit {
        close(number)
    }

    /// What the system knows of it.
    func status() throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .last(.open, path) }
        return status
    }

    // Nothing here changes the user, who is asked about for each file.
    private static let user = geteuid()

    /// Refuses what belongs to somebody else or lets somebody else in (A63).
    static func checkOwner(_ status: stat, of path: String) throws(FileError) {
        guard status.st_uid == user else {
            throw FileError(.open, path, .foreign(owner: status.st_uid, user: user))
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FileError(.open, path, .openToOthers(mode: status.st_mode & 0o777))
        }
    }

    /// Refuses what is not a file of this user alone, with one name and of at most `limit` bytes.
    ///
    /// - Returns: Its length in bytes.
    func checkFile(atMost limit: Int) throws(FileError) -> Int {
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(.open, path, .noFile) }
        try Self.checkOwner(status, of: path)
        guard status.st_nlink <= 1 else { throw FileError(.open, path, .hardLink) }
        guard status.st_size <= limit else { throw FileError(.read, path, .tooLong(limit: limit)) }
        return status.st_size
    }

    /// Reads bytes from a place on, as many as there are up to `count`.
    func read(_ count: Int, from offset: Int = 0) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe pread(
                    number, buffer.baseAddress! + filled, count - filled, offset + filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = .last(.read, path) }
                guard got > 0 else { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all bytes at the end of what has been written.
    func write(_ bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(number, buffer.baseAddress! + written, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last(.write, path) }
            written += count
        }
    }

    /// Waits until all of it stands on the disk.
    func sync() throws(FileError) {
        guard fsync(number) == 0 else { throw .last(.sync, path) }
    }
}
