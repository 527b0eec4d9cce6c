import BreachedPasswords

/// How many hashes of a list a filter knows, and how many of them were seen how often.
struct AuditReport {
    private let rate: FalsePositiveRate
    private let leastCounts: [Int]
    private var hashCount = 0
    /// How many hashes have which exposure.
    private var exposures: [Exposure: Int] = [:]

    init(_ filter: BreachedFilter) {
        rate = filter.falsePositiveRate
        leastCounts = filter.leastCounts
    }

    mutating func add(_ exposure: Exposure) {
        hashCount += 1
        exposures[exposure, default: 0] += 1
    }

    /// How many hashes were seen at least how often.
    private var seen: [(leastCount: Int, hashes: Int)] {
        leastCounts.indices.map { index in
            let hashes = leastCounts[index...].reduce(0) {
                $0 + exposures[.seen(atLeast: $1), default: 0]
            }
            return (leastCounts[index], hashes)
        }
    }

    private var unseen: Int { exposures[.unseen, default: 0] }
    /// How many of the hashes that are found may be found by chance.
    private var byChance: Int { Int((Double(unseen) * rate.value).rounded()) }

    /// The report for people.
    var table: String {
        let rows =
            [("hashes", hashCount), (Exposure.unseen.text, unseen)]
            + seen.map { (Exposure.seen(atLeast: $0).text, $1) } + [("by chance, about", byChance)]
        let cells = rows.map { [$0, $1.grouped, share($1)] }
        let widths = cells.reduce([0, 0, 0]) { widths, row in
            zip(widths, row).map { max($0, $1.count) }
        }
        return cells.map { row in
            row[0] + spaces(widths[0] - row[0].count)
                + row[1...].indices.map { "  " + spaces(widths[$0] - row[$0].count) + row[$0] }
                .joined()
        }.joined(separator: "\n")
    }

    /// The report for programs, in one line.
    var json: String {
        let seen = seen.map { "\"\($0)\":\($1)" }.joined(separator: ",")
        return
            "{\"hashes\":\(hashCount),\"unseen\":\(unseen),\"by_chance\":\(byChance),\"seen_at_least\":{\(seen)}}"
    }

    private func share(_ count: Int) -> String {
        let tenths = Int((1000 * Double(count) / Double(max(1, hashCount))).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
