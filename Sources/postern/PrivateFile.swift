import ArgumentParser
import Glibc

/// A new file that only this user can read, which is not there unless it is whole.
struct PrivateFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isWhole = false

    /// Makes the file; one that is there already stays.
    init(path: String) throws {
        descriptor = unsafe open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Complaint(
                "\(path): \(unsafe String(cString: strerror(errno)))",
                hint: "name a file that is not there yet"
            ).exit(EX_CANTCREAT)
        }
        self.path = path
    }

    deinit {
        close(descriptor)
        if !isWhole { unsafe unlink(path) }
    }

    mutating func write(_ text: String) throws {
        buffer += text.utf8
        if buffer.count > 1 << 16 { try flush() }
    }

    /// Waits until all of it stands on the disk.
    mutating func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw failure() }
        isWhole = true
    }

    private mutating func flush() throws {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw failure() }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> ExitCode {
        Complaint("\(path): \(unsafe String(cString: strerror(errno)))").exit(EX_IOERR)
    }
}
