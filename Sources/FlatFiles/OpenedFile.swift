private import Glibc

/// A file of this user alone, held open to be read piece by piece.
///
/// It stays the same file when its name is given to another one.
package final class OpenedFile: Sendable {
    fileprivate let descriptor: Descriptor

    fileprivate init(_ descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    /// How many bytes it has now.
    package func length() throws(FileError) -> Int { try descriptor.status().st_size }

    /// When it was last changed, in seconds since 1970.
    package func modifiedAt() throws(FileError) -> Int64 {
        Int64(try descriptor.status().st_mtim.tv_sec)
    }

    /// Reads bytes from a place on, as many as there are up to `count`.
    package func read(_ count: Int, from offset: Int) throws(FileError) -> [UInt8] {
        try descriptor.read(count, from: offset)
    }
}

extension Directory {
    /// Opens a file to be read piece by piece.
    ///
    /// - Returns: nil if there is no such file.
    /// - Throws: `FileError`, also for a file that is not of this user alone (A63).
    package func openFile(_ name: String) throws(FileError) -> OpenedFile? {
        guard let file = try open(name, O_RDONLY | O_NONBLOCK) else { return nil }
        _ = try file.checkFile(atMost: .max)
        return OpenedFile(file)
    }

    /// Whether a name leads to a file that was opened, and not to another one or nowhere.
    package func leads(_ name: String, to file: OpenedFile) throws(FileError) -> Bool {
        guard let found = try status(of: name) else { return false }
        let opened = try file.descriptor.status()
        return found.st_ino == opened.st_ino && found.st_dev == opened.st_dev
    }
}
