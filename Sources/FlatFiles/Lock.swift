private import CLinux
private import Glibc

/// The right to change something, given back as soon as the value is gone.
///
/// A lock is on one or more bytes of a lock file, each of which stands for one thing; the bytes need
/// not be there. So a single empty file holds the locks of millions of things, and nothing is left
/// to clean up. The kernel gives a lock back when its process ends, however it ends. Locks of one
/// process exclude each other like those of two (open file description locks, fcntl(2)).
package struct Lock: ~Copyable {
    private let file: Descriptor

    fileprivate init(_ file: consuming Descriptor) {
        self.file = file
    }

    /// Gives the lock back before the value's time is over.
    package consuming func release() {}
}

extension Directory {
    /// Waits until nobody else holds any of some bytes of a lock file.
    ///
    /// Whatever is to be changed is read after this returns (P18).
    ///
    /// - Parameters:
    ///   - name: The lock file, which is made if there is none.
    ///   - bytes: The bytes, each the number of a thing, below 2⁶³.
    ///   - patience: For how many seconds to wait.
    /// - Returns: The lock.
    /// - Throws: `FileError`, with ``FileError/Problem/busy(seconds:)`` if somebody else held one all
    ///   the time.
    package func lock(
        _ name: String, bytes: Set<UInt64> = [0], patience: Int = 10
    ) throws(FileError) -> Lock {
        guard let file = try open(name, O_RDWR | O_CREAT) else {
            throw FileError(.open, path(of: name), .missing)
        }
        // Everybody takes several in the same order, so that nobody waits in a circle.
        for byte in bytes.sorted() {
            try file.lock(byte, patience: patience)
        }
        return Lock(file)
    }

    /// Takes the lock on the first byte of a lock file, unless somebody holds it.
    ///
    /// - Returns: nil if somebody does.
    package func lockIfFree(_ name: String) throws(FileError) -> Lock? {
        guard let file = try open(name, O_RDWR | O_CREAT) else {
            throw FileError(.open, path(of: name), .missing)
        }
        return try file.lockIfFree(0) ? Lock(file) : nil
    }
}

extension Descriptor {
    fileprivate func lock(_ byte: UInt64, patience: Int) throws(FileError) {
        let longestPause = 8000
        var pause = 250
        var waited = 0
        while try !lockIfFree(byte) {
            guard waited < patience * 1_000_000 else {
                throw FileError(.lock, path, .busy(seconds: patience))
            }
            usleep(UInt32(pause))
            waited += pause
            pause = min(2 * pause, longestPause)
        }
    }

    fileprivate func lockIfFree(_ byte: UInt64) throws(FileError) -> Bool {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = Int(byte)
        range.l_len = 1
        guard unsafe fcntl(number, postern_f_ofd_setlk, &range) != 0 else { return true }
        guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
            throw .last(.lock, path)
        }
        return false
    }
}
