import BreachedPasswords
import Cryptography

/// A list of hashes that are the same in every run.
struct GeneratedList {
    let function: BreachHash.Function
    /// In the order of their hashes.
    let lines: [(hash: [UInt8], count: Int)]

    /// Hashes the numbers from 0 on, each with a count whose magnitude is its own.
    init(_ count: Int, of function: BreachHash.Function = .sha1) {
        self.function = function
        lines = (0..<count)
            .map { number in (Self.hash(number, function), Self.counts[number % Self.counts.count])
            }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
    }

    /// The least and the largest count of each magnitude.
    private static let counts = [
        1, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 99_999, 100_000, 999_999, 1_000_000, 9_999_999,
        10_000_000, 4_000_000_000,
    ]

    /// How often a password is said to be seen that was seen so often.
    static func leastCount(_ count: Int) -> Int {
        [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000].last { $0 <= count } ?? 0
    }

    private static func hash(_ number: Int, _ function: BreachHash.Function) -> [UInt8] {
        let text = Array("\(number)".utf8)
        return function == .sha1 ? SHA1.digest(of: text) : MD4.digest(of: text)
    }

    /// The first eight bytes of each hash.
    var heads: [UInt64] {
        lines.map { $0.hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
    }

    var text: String { Self.text(lines) }

    static func text(_ lines: [(hash: [UInt8], count: Int)]) -> String {
        lines.map { "\(Hex.encode($0.hash).uppercased()):\($0.count)\n" }.joined()
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64 = 0

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var number = state
        number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
        return number ^ number >> 31
    }
}
