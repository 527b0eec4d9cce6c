/// Reads a table of words where it lies, inside `WordTable.withReader`.
@safe struct WordReader: WordIndex {
    private let base: UnsafePointer<UInt8>
    private let slots: UnsafeRawPointer
    private let ranks: UnsafeRawPointer
    private let slotCount: Int
    private let firstSlot: Int
    private let rankBits: Int
    private let listCount: Int
    private let function: RankFunction
    private let firstCustom: Int?

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - base: where its bytes begin.
    ///   - header: what its header says.
    ///   - firstCustom: the number of its first list, or `nil` for the original's lists.
    init(base: UnsafePointer<UInt8>, header: WordTable.Header, firstCustom: Int?) {
        self.firstCustom = firstCustom
        unsafe self.base = base
        unsafe slots = UnsafeRawPointer(base + header.byteCount)
        unsafe ranks = UnsafeRawPointer(base + header.ranksOffset)
        slotCount = header.slotCount
        firstSlot = header.firstSlot
        rankBits = header.rankBits
        listCount = header.listSizes.count
        function = RankFunction(header)
    }

    /// Where the units read so far lead: a node, whether a word ends there, and the path's hash.
    struct State {
        var node: UInt32
        var isTerminal: Bool
        var hash: UInt64
    }

    /// Before the first unit.
    var start: State {
        State(
            node: UInt32(truncatingIfNeeded: firstSlot), isTerminal: false,
            hash: RankFunction.emptyHash)
    }

    /// Reads one more unit; `nil` if no word begins with the units read.
    @inline(__always)
    func step(_ state: State, _ unit: UInt16) -> State? {
        if unit < 0x80 {
            return unit >= 0x20 ? step(state, label: UInt8(unit)) : nil
        }
        let labels = WordLabels.ofUnit(unit)
        return step(state, label: labels.0)
            .flatMap { step($0, label: labels.1) }
            .flatMap { step($0, label: labels.2) }
    }

    @inline(__always)
    private func step(_ state: State, label: UInt8) -> State? {
        guard state.node != 0 else { return nil }
        var index = Int(state.node)
        while true {
            let slot = unsafe Slot(bytes: word(slots, 4 &* index))
            if slot.label == label {
                return State(
                    node: slot.target, isTerminal: slot.isTerminal,
                    hash: RankFunction.extend(state.hash, by: label))
            }
            if slot.label > label || slot.isLast { return nil }
            index &+= 1
        }
    }

    /// The word that ends here, with its rank.
    @inline(__always)
    func word(at state: State) -> RankedWord? { state.isTerminal ? rankedWord(state.hash) : nil }

    private func rankedWord(_ hash: UInt64) -> RankedWord {
        let mixed = function.mix(hash)
        var code = 0
        for index in 0..<RankFunction.arity {
            code ^= cellValue(function.cell(index, mixed))
        }
        var list = 0
        while list < listCount - 1, code >= listSize(list) {
            code -= listSize(list)
            list += 1
        }
        if let firstCustom {
            return RankedWord(list: .custom(firstCustom + list), rank: Double(code + 1))
        }
        guard list < WordList.original.count else {
            return RankedWord(list: .userInputs, rank: .nan)
        }
        return RankedWord(list: WordList.original[list], rank: Double(code + 1))
    }

    private func listSize(_ list: Int) -> Int {
        let offset = WordTable.Header.magic.count + 4 * (WordTable.Header.numberCount + list)
        return unsafe Int(Seven.collapse(word(UnsafeRawPointer(base), offset)))
    }

    private func cellValue(_ cell: Int) -> Int {
        let bit = cell &* rankBits
        let (byte, shift) = bit.quotientAndRemainder(dividingBy: 7)
        let bits = unsafe Seven.collapse(word(ranks, byte)) &>> UInt32(shift)
        return Int(bits) & ((1 &<< rankBits) &- 1)
    }

    @inline(__always)
    private func word(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt32 {
        unsafe UInt32(littleEndian: pointer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The first slot that leads out of the table, or whose node has no end.
    func firstDamagedSlot() -> Int? {
        for index in 0..<slotCount {
            let slot = unsafe Slot(bytes: word(slots, 4 * index))
            if slot.target >= slotCount { return index }
            if index == slotCount - 1, !slot.isLast { return index }
        }
        return nil
    }
}
