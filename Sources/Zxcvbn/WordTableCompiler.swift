/// Why lists of words cannot be compiled.
public enum WordListError: Error, Equatable, CustomStringConvertible {
    /// A word is empty, too long or has a control character.
    case unusableWord(list: Int, line: Int)
    /// There are more lists or words than a table can hold.
    case tooManyWords

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unusableWord(let list, let line):
            "list \(list + 1), line \(line): a word is empty, too long or has a control character: remove it"
        case .tooManyWords:
            "too many words for one table: shorten the lists"
        }
    }
}

extension WordTable {
    /// Compiles ranked lists into the bytes of a table.
    ///
    /// Words are folded to lower case, as passwords are. Of a word that stands in several places
    /// the last counts.
    ///
    /// - Parameter lists: the lists, each with the most common word first.
    /// - Returns: the bytes, for `WordTable(bytes:)`. The same lists give the same bytes.
    /// - Throws: `WordListError`.
    public static func compile(_ lists: [[String]]) throws(WordListError) -> [UInt8] {
        var codes: [[UInt8]: Int] = [:]
        var code = 0
        for (listIndex, list) in lists.enumerated() {
            for (index, word) in list.enumerated() {
                let units = Lowercase.of(Array(word.utf16))
                guard let labels = WordLabels.of(units), (1...longestWord).contains(labels.count)
                else {
                    throw .unusableWord(list: listIndex, line: index + 1)
                }
                codes[labels] = code
                code += 1
            }
        }
        guard code < 1 << 21, lists.count <= Header.mostLists else { throw .tooManyWords }
        let words = codes.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var header = Header()
        header.listSizes = lists.map(\.count)
        header.rankBits = max(1, Int.bitWidth - max(code - 1, 0).leadingZeroBitCount)

        let automaton = Automaton(words)
        guard automaton.slots.count <= 1 << 19 else { throw .tooManyWords }
        header.slotCount = automaton.slots.count
        header.firstSlot = automaton.firstSlot

        let cells = rankCells(words.map { ($0, codes[$0] ?? 0) }, &header)
        return header.bytes
            + automaton.slots.flatMap { slot in (0..<4).map { UInt8(slot.bytes >> (8 * $0) & 0xFF) }
            }
            + pack(cells, bits: header.rankBits) + [0, 0, 0, 0]
    }

    // Building the automaton takes one call for each label of the longest word.
    private static let longestWord = 255

    private static func pack(_ cells: [Int], bits: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (cells.count * bits + 6) / 7)
        for (index, cell) in cells.enumerated() {
            for bit in 0..<bits where cell >> bit & 1 == 1 {
                let position = index * bits + bit
                bytes[position / 7] |= 1 << UInt8(position % 7)
            }
        }
        return bytes
    }
}

/// The minimal acyclic automaton of a sorted list of words.
private struct Automaton {
    private struct Edge: Hashable {
        let label: UInt8
        let isTerminal: Bool
        let node: Int
    }

    private(set) var slots = [Slot(label: 0, isLast: true, isTerminal: false, target: 0)]
    private(set) var firstSlot = 0
    private var nodes: [[Edge]] = [[]]
    private var nodeByEdges: [[Edge]: Int] = [[]: 0]

    init(_ words: [[UInt8]]) {
        let first = node(of: words[...], at: 0)
        firstSlot = place(first)
    }

    // Equal subtrees get the same number; the one without edges is 0.
    private mutating func node(of words: ArraySlice<[UInt8]>, at depth: Int) -> Int {
        var edges: [Edge] = []
        var rest = words.drop { $0.count == depth }
        while let label = rest.first?[depth] {
            let group = rest.prefix { $0[depth] == label }
            let isTerminal = group.first?.count == depth + 1
            edges.append(
                Edge(label: label, isTerminal: isTerminal, node: node(of: group, at: depth + 1)))
            rest = rest.dropFirst(group.count)
        }
        if let known = nodeByEdges[edges] { return known }
        nodes.append(edges)
        nodeByEdges[edges] = nodes.count - 1
        return nodes.count - 1
    }

    // The longest nodes come first, so that a node whose edges are the last ones of another needs
    // no slots of its own.
    private mutating func place(_ first: Int) -> Int {
        var placed: [ArraySlice<Edge>: Int] = [:]
        var startOfNode = [Int](repeating: 0, count: nodes.count)
        var edges: [(Edge, isLast: Bool)] = []
        let longestFirst = nodes.indices.dropFirst().sorted {
            (nodes[$0].count, $1) > (nodes[$1].count, $0)
        }
        for node in longestFirst {
            if let start = placed[nodes[node][...]] {
                startOfNode[node] = start
                continue
            }
            let start = slots.count + edges.count
            startOfNode[node] = start
            for (offset, edge) in nodes[node].enumerated() {
                let tail = nodes[node][offset...]
                placed[tail] = placed[tail] ?? start + offset
                edges.append((edge, offset == nodes[node].count - 1))
            }
        }
        slots += edges.map { edge, isLast in
            Slot(
                label: edge.label, isLast: isLast, isTerminal: edge.isTerminal,
                target: startOfNode[edge.node])
        }
        return startOfNode[first]
    }
}

// MARK: - Ranks

extension WordTable {
    /// Finds cells whose exclusive or gives each word's code, and writes their shape into `header`.
    ///
    /// Cells are solved by peeling: a cell that only one word uses decides that word last. Whether
    /// that empties the set depends on the seed and the room, so both are tried upwards.
    private static func rankCells(_ words: [([UInt8], Int)], _ header: inout Header) -> [Int] {
        let hashes = words.map { $0.0.reduce(RankFunction.emptyHash, RankFunction.extend) }
        header.segmentBits = segmentBits(wordCount: words.count)
        header.segmentCount = max(1, (words.count * 109 / 100) >> header.segmentBits)
        while true {
            for seed in 0..<8 {
                header.seed = seed
                let function = RankFunction(header)
                let cellsOfWord = hashes.map { hash in
                    let mixed = function.mix(hash)
                    return (0..<RankFunction.arity).map { function.cell($0, mixed) }
                }
                if let order = peel(cellsOfWord, cellCount: header.cellCount) {
                    var cells = [Int](repeating: 0, count: header.cellCount)
                    for (word, cell) in order.reversed() {
                        cells[cell] = cellsOfWord[word].reduce(words[word].1) {
                            $1 == cell ? $0 : $0 ^ cells[$1]
                        }
                    }
                    return cells
                }
            }
            header.segmentCount += 1
        }
    }

    private static func segmentBits(wordCount: Int) -> Int {
        let bits = Int.bitWidth - 1 - max(wordCount / 64, 1).leadingZeroBitCount
        return min(bits, 10)
    }

    private static func peel(
        _ cellsOfWord: [[Int]], cellCount: Int
    ) -> [(word: Int, cell: Int)]? {
        var users = [Int](repeating: 0, count: cellCount)
        var sumOfUsers = [Int](repeating: 0, count: cellCount)
        for (word, cells) in cellsOfWord.enumerated() {
            for cell in cells {
                users[cell] += 1
                sumOfUsers[cell] ^= word
            }
        }
        var order: [(word: Int, cell: Int)] = []
        var alone = users.indices.filter { users[$0] == 1 }
        while let cell = alone.popLast() {
            guard users[cell] == 1 else { continue }
            let word = sumOfUsers[cell]
            order.append((word, cell))
            for other in cellsOfWord[word] {
                users[other] -= 1
                sumOfUsers[other] ^= word
                if users[other] == 1 { alone.append(other) }
            }
        }
        return order.count == cellsOfWord.count ? order : nil
    }
}
