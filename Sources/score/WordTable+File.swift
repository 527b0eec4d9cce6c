import Glibc
import Zxcvbn

extension WordTable {
    /// Takes the contents of a file, whose name is not repeated: it may be a password, mistyped.
    init(path: String) throws(Complaint) {
        guard let bytes = Self.contents(of: path) else {
            throw Complaint("the file behind --words cannot be read", exitCode: EX_NOINPUT)
        }
        do {
            try self.init(bytes: bytes)
        } catch {
            throw Complaint("the file behind --words: \(error)", exitCode: EX_DATAERR)
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(descriptor, &part, part.count)
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += part.prefix(count)
        }
    }
}
