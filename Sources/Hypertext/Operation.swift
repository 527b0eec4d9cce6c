// The file of compiled templates, all numbers little-endian:
//
//     0        4        8        12       16
//     +--------+--------+--------+--------+
//     | "SEG2" | T      | O      | P      |   numbers of templates, operations, pool bytes
//     +--------+--------+--------+--------+
//     | T templates of 32 bytes           |
//     +-----------------------------------+
//     | O operations of 12 bytes          |
//     +-----------------------------------+
//     | P bytes of pool                   |   to the end of the file: text, in UTF-8
//     +-----------------------------------+
//
// A template, which is a page or a part of a mail in one language:
//
//     0        4        8        12       16                24       28       32
//     +--------+--------+--------+--------+-----------------+--------+--------+
//     | name: at, count | language: same  | schema's hash   | first  | count  |   of operations
//     +-----------------+-----------------+-----------------+--------+--------+
//
// Templates stand in the order of their names' bytes, and all of one name have the same languages in
// the same order, of which the site's own comes first.
//
// An operation:
//
//     0    1    2    3    4        8        12
//     +----+----+----+----+--------+--------+
//     |kind|esc.|dep.|slot| a      | b      |
//     +----+----+----+----+--------+--------+
//
//     1 text    a, b: offset and count in the pool; appends that run
//     2 show    appends the slot, escaped; a, b: the run that parts the thousands of a number
//     3 unless  goes on at a if the flag is not set, or if the text, URL or list is empty
//     4 jump    goes on at a
//     5 choose  a jumps follow, one for each case of the choice: goes on at the case's. A number
//               has six cases, the plural forms of the template's language
//     6 each    performs the operations up to a once for each row of the list
//
// `dep.` counts the lists around the record that has the slot: 0 is the page itself. What an
// operation does not use is zero. Targets count from the template's first operation, lie ahead,
// and lie directly in the same list, so every template ends.

/// One step of a compiled template.
package struct Operation: Sendable, Equatable {
    /// What a step does.
    package enum Kind: UInt8, Sendable {
        case text = 1
        case show = 2
        case unless = 3
        case jump = 4
        case choose = 5
        case each = 6
    }

    package var kind: Kind
    package var escaper: Escaper?
    package var depth: UInt8
    package var slot: UInt8
    package var a: UInt32
    package var b: UInt32

    /// How many bytes an operation takes in the file.
    package static let byteCount = 12

    /// Makes an operation; what it does not use stays zero.
    package init(
        _ kind: Kind, escaper: Escaper? = nil, depth: UInt8 = 0, slot: UInt8 = 0,
        a: UInt32 = 0, b: UInt32 = 0
    ) {
        self.kind = kind
        self.escaper = escaper
        self.depth = depth
        self.slot = slot
        self.a = a
        self.b = b
    }

    /// Reads an operation, or returns `nil` if the bytes are none.
    init?(at offset: Int, in bytes: Span<UInt8>) {
        guard let kind = Kind(rawValue: bytes[offset]) else { return nil }
        let escaper = Escaper(rawValue: bytes[offset + 1])
        guard escaper != nil || bytes[offset + 1] == 0 else { return nil }
        self.init(
            kind, escaper: escaper, depth: bytes[offset + 2], slot: bytes[offset + 3],
            a: bytes.number(at: offset + 4), b: bytes.number(at: offset + 8))
    }

    /// Appends the operation's bytes as they stand in the file.
    package func append(to file: inout [UInt8]) {
        file.append(kind.rawValue)
        file.append(escaper?.rawValue ?? 0)
        file.append(depth)
        file.append(slot)
        file.append(littleEndian: a)
        file.append(littleEndian: b)
    }
}

extension [UInt8] {
    /// Appends the bytes of a number, lowest first.
    package mutating func append(littleEndian number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

extension Span<UInt8> {
    /// Reads a number of four bytes, lowest first.
    func number(at offset: Int) -> UInt32 {
        UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16
            | UInt32(self[offset + 3]) << 24
    }

    /// Reads a number of eight bytes, lowest first.
    func longNumber(at offset: Int) -> UInt64 {
        UInt64(number(at: offset)) | UInt64(number(at: offset + 4)) << 32
    }
}
