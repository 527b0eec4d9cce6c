private import Glibc

/// Reads an archive, one file or directory after another.
package struct ArchiveReader {
    private static let pieceByteCount = 1 << 20

    private let descriptor: Int32
    /// How many bytes were read, to tell where something is wrong.
    private var position = 0
    /// What is left of the content of the file that was read last, and of the zeros behind it.
    private var left = (content: 0, padding: 0)

    /// Reads from a descriptor that somebody else closes.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Goes on to the next file or directory.
    ///
    /// - Returns: nil at the end.
    /// - Throws: `ArchiveError`, also where the end is missing.
    package mutating func next() throws(ArchiveError) -> UstarHeader? {
        while try content() != nil {}
        _ = try read(left.padding)
        left.padding = 0
        let block = try read(UstarHeader.blockByteCount)
        guard block.contains(where: { $0 != 0 }) else { return nil }
        guard let header = UstarHeader(block: block) else {
            throw .malformed(at: position - block.count)
        }
        if case .file(let length) = header.kind {
            let block = UstarHeader.blockByteCount
            left = (length, (block - length % block) % block)
        }
        return header
    }

    /// The next piece of the content of the file that was read last.
    ///
    /// - Returns: nil at its end.
    /// - Throws: `ArchiveError`.
    package mutating func content() throws(ArchiveError) -> [UInt8]? {
        guard left.content > 0 else { return nil }
        let piece = try read(min(left.content, Self.pieceByteCount))
        left.content -= piece.count
        return piece
    }

    private mutating func read(_ count: Int) throws(ArchiveError) -> [UInt8] {
        var failure: ArchiveError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe Glibc.read(
                    descriptor, buffer.baseAddress! + filled, count - filled)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failure = got < 0 ? .system(errno) : .cutOff
                    return
                }
                filled += got
            }
        }
        if let failure { throw failure }
        position += count
        return bytes
    }
}
