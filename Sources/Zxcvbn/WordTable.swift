// The table, in bytes of seven bits each, so that it can stand in a string literal of the source:
//
//     magic       16   "zxcvbn words 1 \n"
//     numbers     4×7  lists, slots, first slot, rank bits, segments, segment bits, seed
//     sizes       4×n  words in each list
//     slots       4×s  the automaton
//     ranks       …    the packed cells of the rank function, then 4 bytes of padding
//
// A number is four bytes, lowest seven bits first. A slot is one edge of a minimal acyclic automaton (DAWG),
//
//     label 7 | last 1 | terminal 1 | target 19
//
// and a node is a run of slots with rising labels whose last is marked `last`. `target` is the
// index of the next node's first slot, or 0 if there is none. A unit of ASCII is its own label;
// any other is three labels, of which the first is below the printable ones.
//
// An automaton knows which words there are but not which is which. The rank of a word is the
// exclusive or of four cells, one in each of four neighbouring segments (a binary fuse function,
// Graf and Lemire 2022, here with whole values instead of fingerprints). For anything but a word
// of the automaton the result would be noise, and nobody asks.

/// Ranked word lists, compiled into one block of bytes and read in place.
public struct WordTable: Sendable {
    enum Storage: Sendable {
        case literal(StaticString)
        case bytes([UInt8])
    }

    let storage: Storage
    let header: Header

    /// The numbers at the beginning of a table.
    struct Header: Sendable {
        static let magic = Array("zxcvbn words 1 \n".utf8)
        static let numberCount = 7
        static let mostLists = 63
        /// No header is longer than this.
        static let longest = magic.count + 4 * (numberCount + mostLists)

        var listSizes: [Int] = []
        var slotCount = 0
        var firstSlot = 0
        var rankBits = 0
        var segmentCount = 0
        var segmentBits = 0
        var seed = 0

        var byteCount: Int { Self.magic.count + 4 * (Self.numberCount + listSizes.count) }
        var ranksOffset: Int { byteCount + 4 * slotCount }
        var cellCount: Int { (segmentCount + 3) << segmentBits }
        var totalByteCount: Int { ranksOffset + (cellCount * rankBits + 6) / 7 + 4 }
    }
}

/// Why bytes are not a table of words.
public enum WordTableError: Error, Equatable, CustomStringConvertible {
    /// The bytes do not begin as a table of this version does.
    case notATable
    /// The table was cut or lengthened.
    case wrongSize(expected: Int, found: Int)
    /// A byte has its highest bit set, or a number or an edge leads out of the table.
    case damaged(offset: Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notATable:
            "not a table of words: compile the list with this version"
        case .wrongSize(let expected, let found):
            "table of words has \(found) bytes instead of \(expected): copy or compile it again"
        case .damaged(let offset):
            "table of words is damaged at byte \(offset): copy or compile it again"
        }
    }
}

extension WordTable {
    /// Takes a compiled table from outside, for example the contents of a file.
    ///
    /// - Parameter bytes: what `WordTable.compile` returned.
    /// - Throws: `WordTableError` if the bytes are anything else.
    public init(bytes: [UInt8]) throws(WordTableError) {
        guard bytes.starts(with: Header.magic) else { throw .notATable }
        if let offset = bytes.firstIndex(where: { $0 >= 0x80 }) { throw .damaged(offset: offset) }
        header = try Header(bytes, total: bytes.count)
        storage = .bytes(bytes)
        let slot = withReader { $0.firstDamagedSlot() }
        if let slot { throw .damaged(offset: header.byteCount + 4 * slot) }
    }

    /// Takes a table that stands in the program's own text.
    init(literal: StaticString) throws(WordTableError) {
        let bytes = unsafe UnsafeBufferPointer(
            start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        header = unsafe try Header(Array(bytes.prefix(Header.longest)), total: bytes.count)
        storage = .literal(literal)
    }

    /// Calls `body` with a reader of the table's bytes in place.
    @inline(__always)
    func withReader<Result>(
        customFrom firstCustom: Int? = nil, _ body: (WordReader) -> Result
    ) -> Result {
        switch storage {
        case .literal(let literal):
            return unsafe body(
                WordReader(
                    base: literal.utf8Start, header: header, firstCustom: firstCustom))
        case .bytes(let bytes):
            return unsafe bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { preconditionFailure("no header") }
                return unsafe body(WordReader(base: base, header: header, firstCustom: firstCustom))
            }
        }
    }
}

extension WordTable.Header {
    /// Reads the numbers, and checks them against each other and against the bytes' count.
    init(_ bytes: [UInt8], total found: Int) throws(WordTableError) {
        let magicCount = Self.magic.count
        guard bytes.count >= magicCount + 4 * Self.numberCount else {
            throw .wrongSize(expected: magicCount + 4 * Self.numberCount, found: bytes.count)
        }
        func number(_ index: Int) -> Int {
            let offset = magicCount + 4 * index
            return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (7 * $1) }
        }
        let listCount = number(0)
        guard listCount <= Self.mostLists,
            bytes.count >= magicCount + 4 * (Self.numberCount + listCount)
        else { throw .damaged(offset: magicCount) }
        listSizes = (0..<listCount).map { number(Self.numberCount + $0) }
        (slotCount, firstSlot, rankBits) = (number(1), number(2), number(3))
        (segmentCount, segmentBits, seed) = (number(4), number(5), number(6))
        guard (1...21).contains(rankBits), (0...12).contains(segmentBits), segmentCount > 0,
            (1...(1 << 19)).contains(slotCount), (0..<slotCount).contains(firstSlot)
        else { throw .damaged(offset: magicCount) }
        guard totalByteCount == found else {
            throw .wrongSize(expected: totalByteCount, found: found)
        }
    }

    /// The bytes at the beginning of the table.
    var bytes: [UInt8] {
        let numbers = [
            listSizes.count, slotCount, firstSlot, rankBits, segmentCount, segmentBits, seed,
        ]
        return Self.magic
            + (numbers + listSizes).flatMap { number in
                (0..<4).map { UInt8(number >> (7 * $0) & 0x7F) }
            }
    }
}

extension WordTable {
    /// The original's six lists.
    static let english: WordTable = {
        do {
            return try WordTable(literal: englishLiteral)
        } catch {
            preconditionFailure("the built-in table: \(error)")
        }
    }()
}
