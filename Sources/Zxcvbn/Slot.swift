/// One edge of the automaton.
struct Slot {
    let bytes: UInt32

    @inline(__always)
    init(bytes: UInt32) { self.bytes = bytes }

    init(label: UInt8, isLast: Bool, isTerminal: Bool, target: Int) {
        let number =
            UInt32(label) | (isLast ? 1 << 7 : 0) | (isTerminal ? 1 << 8 : 0)
            | UInt32(target) << 9
        bytes = Seven.spread(number)
    }

    @inline(__always) var label: UInt8 { UInt8(truncatingIfNeeded: bytes & 0x7F) }
    @inline(__always) var isLast: Bool { bytes & 1 << 8 != 0 }
    @inline(__always) var isTerminal: Bool { bytes & 1 << 9 != 0 }
    @inline(__always) var target: UInt32 { Seven.collapse(bytes) &>> 9 }
}

/// Numbers of 28 bits in four bytes of seven.
enum Seven {
    @inline(__always)
    static func collapse(_ bytes: UInt32) -> UInt32 {
        bytes & 0x7F | bytes &>> 1 & 0x3F80 | bytes &>> 2 & 0x1F_C000 | bytes &>> 3 & 0xFE0_0000
    }

    static func spread(_ number: UInt32) -> UInt32 {
        number & 0x7F | (number & 0x3F80) << 1 | (number & 0x1F_C000) << 2
            | (number & 0xFE0_0000) << 3
    }
}
