import Accounts

/// Reads the fixed fields of a sealed payload, one after another.
///
/// Reading past the end gives nil, and so does `end` if something is left.
struct PayloadReader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let count = Number.bitWidth / 8
        guard bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count).reduce(0) { $0 << 8 | Number($1) }
    }

    mutating func identifier<ID: Identifier>(_ type: ID.Type) -> ID? {
        bytes(ID.byteCount).flatMap(ID.init(bytes:))
    }

    mutating func timestamp() -> Timestamp? {
        integer(UInt64.self).flatMap { Int64(exactly: $0) }.map(Timestamp.init(seconds:))
    }

    var isAtEnd: Bool { bytes.isEmpty }
}

extension FixedWidthInteger {
    /// The number in its full width, most significant byte first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: self >> $0)
        }
    }
}

extension Timestamp {
    /// The seconds in eight bytes, most significant first.
    var payload: [UInt8] { seconds.bigEndianBytes }

    /// Whether the moment is one at which something can have been made that is used now.
    ///
    /// Clocks of two processes, or of one that was set right, may differ by a minute (P7).
    func isPast(at now: Timestamp) -> Bool { self <= now + Accounts.Duration.minute }
}
