package import FlatFiles
private import Glibc

/// Writes an archive, one file or directory after another.
package struct ArchiveWriter {
    private static let pieceByteCount = 1 << 20

    private let descriptor: Int32
    private var checksum = ArchiveChecksum()
    private var buffer: [UInt8] = []

    /// Begins an archive at a descriptor that somebody else closes.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes that there is a directory.
    package mutating func addDirectory(_ path: String, modifiedAt: Int64) throws(ArchiveError) {
        try write(UstarHeader(path: path, .directory, modifiedAt: modifiedAt))
    }

    /// Writes a file, as long as it is now; what is added to it meanwhile is left out.
    ///
    /// - Throws: `ArchiveError` or `FileError`.
    package mutating func add(_ file: OpenedFile, as path: String) throws {
        let length = try file.length()
        try write(
            UstarHeader(path: path, .file(length: length), modifiedAt: try file.modifiedAt()))
        var position = 0
        while position < length {
            let piece = try file.read(
                min(length - position, Self.pieceByteCount), from: position)
            guard !piece.isEmpty else { throw ArchiveError.shrunk(path: path) }
            try write(piece)
            position += piece.count
        }
        try write([UInt8](repeating: 0, count: UstarHeader.padding(behind: length)))
    }

    /// Writes the checksum and the end of the archive, without which it counts as broken off.
    package mutating func finish(modifiedAt: Int64) throws(ArchiveError) {
        let text = checksum.text
        try write(
            UstarHeader(
                path: ArchiveChecksum.path, .file(length: text.count), modifiedAt: modifiedAt))
        try write(text + [UInt8](repeating: 0, count: UstarHeader.padding(behind: text.count)))
        try write([UInt8](repeating: 0, count: 2 * UstarHeader.blockByteCount))
        try flush()
    }

    private mutating func write(_ header: UstarHeader) throws(ArchiveError) {
        guard let block = header.block else { throw .tooLong(path: header.path) }
        try write(block)
    }

    private mutating func write(_ bytes: [UInt8]) throws(ArchiveError) {
        checksum.update(bytes)
        buffer += bytes
        if buffer.count >= Self.pieceByteCount { try flush() }
    }

    private mutating func flush() throws(ArchiveError) {
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
