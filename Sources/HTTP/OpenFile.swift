private import Glibc

/// A file that is open for reading, and closed as soon as nobody holds it any more.
package final class OpenFile: Sendable {
    private let descriptor: Int32
    /// How many bytes it has.
    package let length: Int
    /// When it was changed last, in seconds since 1970-01-01T00:00:00Z and nanoseconds.
    package let modifiedAt: (seconds: Int64, nanoseconds: Int64)

    /// Takes over a descriptor; there is none if it is no regular file, and then it is closed.
    package init?(descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        length = Int(status.st_size)
        modifiedAt = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Reads bytes from a place on.
    ///
    /// - Returns: As many as were asked for, or `nil` if they cannot be read, as of a file that was cut.
    package func read(_ range: Range<Int>) -> [UInt8]? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = unsafe pread(
                    descriptor, buffer.baseAddress! + count, range.count - count,
                    range.lowerBound + count)
                guard got > 0 else { return }
                count += got
            }
        }
        return bytes.count == range.count ? bytes : nil
    }
}

/// A part of a file, which is read piece by piece while it is sent.
package struct FilePart: Sendable, Equatable {
    package let file: OpenFile
    /// The bytes of it.
    package let range: Range<Int>

    package init(_ file: OpenFile, _ range: Range<Int>) {
        self.file = file
        self.range = range
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.file === right.file && left.range == right.range
    }

    /// Hands over the part in pieces of at most so many bytes, until one is refused.
    ///
    /// - Returns: Whether all of it was read and taken.
    package func forEachPiece(upTo size: Int, _ take: ([UInt8]) -> Bool) -> Bool {
        stride(from: range.lowerBound, to: range.upperBound, by: size).allSatisfy { start in
            file.read(start..<min(start + size, range.upperBound)).map(take) ?? false
        }
    }
}
