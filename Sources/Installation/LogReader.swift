package import FlatFiles

/// The log, read line by line while others write and rename it.
///
/// After a rename, as logrotate does it, the old file is read to its end and then the new one from
/// its beginning; a file that was emptied in place is read anew.
package struct LogReader {
    private static let mostBytesAtOnce = 1 << 20

    private let directory: Directory
    private let name: String
    private var file: OpenedFile?
    // Behind the last whole line that was read; what stands there may yet be cut off.
    private var position = 0

    init(_ name: String, in directory: Directory) {
        self.directory = directory
        self.name = name
    }

    /// Leaves out what is there already.
    package mutating func skipToEnd() throws(FileError) {
        file = try directory.openFile(name)
        position = try file?.length() ?? 0
    }

    /// The next whole lines; empty if there are none now.
    package mutating func lines() throws(FileError) -> [String] {
        let lines = try nextLines()
        guard lines.isEmpty, try !isCurrent() else { return lines }
        // Whoever had opened the old file may have written to it until it lost its name.
        let late = try nextLines()
        guard late.isEmpty, let successor = try directory.openFile(name) else { return late }
        file = successor
        position = 0
        return try nextLines()
    }

    private func isCurrent() throws(FileError) -> Bool {
        guard let file else { return false }
        return try directory.leads(name, to: file)
    }

    private mutating func nextLines() throws(FileError) -> [String] {
        guard let file else { return [] }
        let length = try file.length()
        if length < position { position = 0 }
        let bytes = try file.read(min(length - position, Self.mostBytesAtOnce), from: position)
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
            // No line of ours is this long.
            if bytes.count == Self.mostBytesAtOnce { position += bytes.count }
            return []
        }
        position += end + 1
        return bytes[..<end].split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
