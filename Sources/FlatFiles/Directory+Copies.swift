private import CLinux
private import Glibc

// What a copy of a whole directory takes: to tell files from directories, and to write many files
// whose names stand on the disk all at once in the end.

extension Directory {
    /// What stands under a name.
    package enum Kind: Sendable {
        case file, directory
    }

    /// Finds out what stands under a name.
    ///
    /// - Returns: nil if there is nothing of that name.
    /// - Throws: `FileError` for anything else than a file or a directory, and for one that is not of
    ///   this user alone (A63).
    package func kind(of name: String) throws(FileError) -> Kind? {
        guard let status = try status(of: name) else { return nil }
        let path = path(of: name)
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            try Descriptor.checkOwner(status, of: path)
            return .directory
        case S_IFREG:
            try Descriptor.checkOwner(status, of: path)
            guard status.st_nlink <= 1 else { throw FileError(.open, path, .hardLink) }
            return .file
        case S_IFLNK: throw FileError(.open, path, .symbolicLink)
        default: throw FileError(.open, path, .noFile)
        }
    }

    /// Whether a name is that of a file which has not got its own yet.
    package static func isUnfinished(_ name: String) -> Bool { name.hasPrefix(newFilePrefix) }

    /// Makes a file and fills it piece by piece; its bytes stand on the disk after ``syncAll()``.
    ///
    /// - Parameters:
    ///   - name: A name, or a path below the directory, that nothing has yet.
    ///   - next: Gives the next piece; nil at the end.
    /// - Throws: `FileError`, or what `next` throws.
    package func write(_ name: String, _ next: () throws -> [UInt8]?) throws {
        guard let file = try open(name, O_WRONLY | O_CREAT | O_EXCL) else {
            throw FileError(.open, path(of: name), .missing)
        }
        while let piece = try next() {
            try file.write(piece)
        }
    }

    /// Waits until everything in the file system of the directory stands on the disk.
    package func syncAll() throws(FileError) {
        guard syncfs(descriptor.number) == 0 else { throw .last(.sync, path) }
    }
}
