private import Glibc

/// The lines of a descriptor, of which none is held that is too long to be one.
package struct LineReader {
    /// The most bytes of a line.
    package static let longestLine = 1 << 20

    /// What a line is.
    package enum Line: Sendable, Equatable {
        case text(String)
        case notUTF8
        case tooLong
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Reads from a descriptor that somebody else closes.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next line without its line feed; the last needs none.
    ///
    /// - Parameter beforeWaiting: is called before more is read, which may take as long as whoever
    ///   writes there likes.
    /// - Returns: `nil` at the end, or if the descriptor cannot be read.
    package mutating func next(beforeWaiting: () -> Void) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            let rest = buffer[position...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            let part = rest[..<(end ?? rest.endIndex)]
            isTooLong = isTooLong || line.count + part.count > Self.longestLine
            if !isTooLong { line += part }
            position = end.map { $0 + 1 } ?? rest.endIndex
            guard end == nil else { break }
            guard fill(beforeWaiting) else {
                guard !line.isEmpty || isTooLong else { return nil }
                break
            }
        }
        guard !isTooLong else { return .tooLong }
        return String(validating: line, as: UTF8.self).map { .text($0) } ?? .notUTF8
    }

    /// Reads what is there; whether there was anything.
    private mutating func fill(_ beforeWaiting: () -> Void) -> Bool {
        guard !isAtEnd else { return false }
        beforeWaiting()
        let descriptor = descriptor
        unsafe buffer = Array(unsafeUninitializedCapacity: 1 << 16) { room, count in
            var read = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            while read < 0, errno == EINTR {
                read = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            }
            count = max(0, read)
        }
        position = 0
        isAtEnd = buffer.isEmpty
        return !isAtEnd
    }
}
