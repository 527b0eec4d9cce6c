private import Glibc

/// Why an archive cannot be written or read.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
    /// The system refuses to write or to read; its reason, an `errno`.
    case system(Int32)
    /// A path or a file is longer than an archive can have.
    case tooLong(path: String)
    /// A file became shorter while it was read.
    case shrunk(path: String)
    /// What was read is no archive of this kind; so many bytes were before.
    case malformed(at: Int)
    /// The archive breaks off.
    case cutOff
    /// It is not what its checksum was made of.
    case damaged
    /// It ends without a checksum.
    case unchecked

    package var description: String {
        switch self {
        case .system(let code): unsafe String(cString: strerror(code))
        case .tooLong(let path): "\(path): it is too long for an archive"
        case .shrunk(let path): "\(path): it became shorter while it was read"
        case .malformed(let position):
            "it is no archive of files and directories in the ustar format, from byte \(position) on"
        case .cutOff: "it breaks off before its end"
        case .damaged: "it is damaged; its checksum is that of other bytes"
        case .unchecked: "it ends without a checksum, so it is no backup, or not all of one"
        }
    }
}
