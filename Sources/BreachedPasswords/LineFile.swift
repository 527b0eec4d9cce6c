private import Glibc

/// A file that is read in pieces of whole lines.
struct LineFile: ~Copyable {
    /// How many bytes are read at once; no line is longer.
    private static let room = 1 << 20

    let path: String
    /// The length of the file; nil for what cannot be read again, such as a pipe.
    let byteCount: Int?
    private let descriptor: Int32

    /// The present piece and the beginning of the next.
    private(set) var bytes: [UInt8] = []
    /// The length of the piece, whose lines all have their line feed; the last one is given it.
    private(set) var pieceCount = 0
    /// How many lines were taken from the pieces; whoever takes them counts.
    var lineCount = 0
    /// How many bytes were read from the file.
    private(set) var readCount = 0
    private var isAtEnd = false

    /// Opens a file.
    init(path: String) throws(BreachListError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: "\(SystemError.last)")
        }
        var status = stat()
        let isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        byteCount = isFile ? status.st_size : nil
    }

    deinit {
        close(descriptor)
    }

    /// Goes on to the next piece.
    ///
    /// - Returns: false at the end.
    mutating func next() throws(BreachListError) -> Bool {
        let feed = UInt8(ascii: "\n")
        bytes.removeFirst(pieceCount)
        pieceCount = 0
        while pieceCount == 0 {
            guard bytes.count < Self.room else {
                throw .malformed(
                    file: path, line: lineCount + 1,
                    expected: "a line of at most \(Self.room) bytes")
            }
            if !isAtEnd {
                try read()
            } else if bytes.isEmpty {
                return false
            } else {
                bytes.append(feed)
            }
            pieceCount = bytes.lastIndex(of: feed).map { $0 + 1 } ?? 0
        }
        return true
    }

    /// Reads what is there next, up to the room of one piece.
    private mutating func read() throws(BreachListError) {
        let descriptor = descriptor
        var failure: SystemError?
        let more = unsafe [UInt8](unsafeUninitializedCapacity: Self.room) { room, filled in
            var count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            while count < 0, errno == EINTR {
                count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            }
            if count < 0 { failure = .last }
            filled = max(0, count)
        }
        if let failure { throw .unreadable(path: path, reason: "\(failure)") }
        isAtEnd = more.isEmpty
        readCount += more.count
        bytes += more
    }
}
