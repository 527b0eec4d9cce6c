import BreachedPasswords
import CLinux
import Foundation
import Glibc

/// A directory with the ranges of a list, a file each, as other programs know it too.
///
///     00000.txt … FFFFF.txt    the ranges
///     etags                    what the service calls them, the last line of a range counts
///     .lock                    locked by whoever downloads
///     .new-…/                  what is on its way
///
/// A file gets its name once it was checked and stands on the disk. So one that is there is whole,
/// whenever this program or the machine was stopped.
final class RangeDirectory {
    private static let mostBytesOfRange = 1 << 20

    private let path: String
    private let function: BreachHash.Function
    private let lock: Int32
    /// Where files are that have no name yet; another run's are not in it.
    private let newPath: String

    /// Opens a directory, which is made if there is none.
    ///
    /// - Throws: `DownloadError` if it cannot be used, or somebody uses it.
    init(path: String, function: BreachHash.Function) throws {
        self.path = path
        self.function = function
        newPath = "\(path)/.new-\(getpid())"
        guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Self.failure(path) }
        lock = unsafe open("\(path)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard lock >= 0 else { throw Self.failure("\(path)/.lock") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw DownloadError(
                message: "\(path): another process downloads into it",
                hint: "wait for it, or end it", code: EX_TEMPFAIL)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where name.hasPrefix(".new-") {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
        guard unsafe mkdir(newPath, 0o777) == 0 else { throw Self.failure(newPath) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: newPath)
        close(lock)
    }

    /// Whether the range of a prefix is there.
    func contains(_ prefix: RangePrefix) -> Bool {
        unsafe access(file(of: prefix), F_OK) == 0
    }

    /// Makes sure that a range which is there is one of the function's hashes.
    func check(_ prefix: RangePrefix) throws {
        let file = file(of: prefix)
        guard isRange(file) else {
            let name = function == .sha1 ? "SHA-1" : "NTLM"
            throw DownloadError(
                message: "\(file): it is no range of \(name) hashes",
                hint: "choose another directory, or remove the file", code: EX_DATAERR)
        }
    }

    /// Where the range of a prefix is put as it comes.
    func newFile(of prefix: RangePrefix) -> String { "\(newPath)/\(prefix.text)" }

    /// Where curl's configuration is put.
    var configurationPath: String { "\(newPath)/configuration" }

    /// Whether what came for a prefix is a range.
    func isWhole(_ prefix: RangePrefix) -> Bool { isRange(newFile(of: prefix)) }

    /// Gives ranges that came their names, and remembers what the service calls them.
    func take(_ ranges: [(prefix: RangePrefix, tag: String)]) throws {
        guard !ranges.isEmpty else { return }
        guard syncfs(lock) == 0 else { throw Self.failure(path) }
        for (prefix, _) in ranges {
            let file = file(of: prefix)
            guard unsafe rename(newFile(of: prefix), file) == 0 else { throw Self.failure(file) }
        }
        // After the files: a tag without its file would keep the old one for ever. The line break
        // comes first, so that a line which was cut off spoils no other.
        let lines = ranges.map { "\n\($0.prefix.text) \($0.tag)" }.joined()
        try Self.write(Array(lines.utf8), to: "\(path)/etags", O_APPEND)
    }

    /// What the service calls the ranges that are there.
    func tags() -> [RangePrefix: String] {
        let bytes = FileManager.default.contents(atPath: "\(path)/etags") ?? Data()
        var tags: [RangePrefix: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let line = String(decoding: line, as: UTF8.self)
            guard let prefix = RangePrefix(line.prefix(5)), contains(prefix) else { continue }
            tags[prefix] = String(line.dropFirst(6))
        }
        return tags
    }

    private func file(of prefix: RangePrefix) -> String { "\(path)/\(prefix.text).txt" }

    private func isRange(_ file: String) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: file),
            bytes.count <= Self.mostBytesOfRange
        else { return false }
        return RangeAnswer(Array(bytes), of: function) != nil
    }

    /// Writes bytes to a file, in place of what is there or, with `O_APPEND`, behind it.
    static func write(_ bytes: [UInt8], to path: String, _ mode: Int32 = O_TRUNC) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o666)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// What the last system call has complained of.
    private static func failure(_ path: String) -> DownloadError {
        DownloadError(
            message: "\(path): \(unsafe String(cString: strerror(errno)))", code: EX_CANTCREAT)
    }
}
