private import Glibc

/// Reads an archive, one file or directory after another.
package struct ArchiveReader {
    private static let pieceByteCount = 1 << 20

    private let descriptor: Int32
    private var checksum = ArchiveChecksum()
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
    /// - Returns: nil at the end, which is reached only if everything before has the checksum that
    ///   stands there.
    /// - Throws: `ArchiveError`, also where the end is missing.
    package mutating func next() throws(ArchiveError) -> UstarHeader? {
        while try content() != nil {}
        checksum.update(try read(left.padding))
        left.padding = 0
        let block = try read(UstarHeader.blockByteCount)
        guard !Self.isEnd(block) else { throw .unchecked }
        guard let header = UstarHeader(block: block) else {
            throw .malformed(at: position - block.count)
        }
        guard header.path != ArchiveChecksum.path else {
            try finish(header)
            return nil
        }
        checksum.update(block)
        if case .file(let length) = header.kind {
            left = (length, UstarHeader.padding(behind: length))
        }
        return header
    }

    /// Compares the checksum, behind which the archive ends.
    private mutating func finish(_ header: UstarHeader) throws(ArchiveError) {
        let text = checksum.text
        guard header.kind == .file(length: text.count), try read(text.count) == text else {
            throw .damaged
        }
        _ = try read(UstarHeader.padding(behind: text.count))
        let block = try read(UstarHeader.blockByteCount)
        guard Self.isEnd(block) else { throw .malformed(at: position - block.count) }
    }

    private static func isEnd(_ block: [UInt8]) -> Bool {
        block.allSatisfy { $0 == 0 }
    }

    /// The next piece of the content of the file that was read last.
    ///
    /// - Returns: nil at its end.
    /// - Throws: `ArchiveError`.
    package mutating func content() throws(ArchiveError) -> [UInt8]? {
        guard left.content > 0 else { return nil }
        let piece = try read(min(left.content, Self.pieceByteCount))
        checksum.update(piece)
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
