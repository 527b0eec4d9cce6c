/// The ways in which a password's substitutes can be read.
struct Readings {
    let list: [Substitutions]
    /// All of them.
    let all: ReadingSet
    /// For each position the next one that has a substitute, or the password's length.
    let nextSubstitute: [Int]
    // For each substitute the readings in which it stands for itself, its first or second letter.
    private let choices: [[ReadingSet]]

    /// Returns `nil` if the password has no substitutes.
    init?(_ password: Password) {
        var places: UInt32 = 0
        for unit in password.units {
            if let place = Self.place(of: unit) { places |= 1 << UInt32(place) }
        }
        guard places != 0 else { return nil }
        let list = Substitutions.readings(of: places)
        self.list = list
        all = ReadingSet(count: list.count) { _ in true }
        choices = Substitutions.substitutes.indices.map { place in
            guard places >> UInt32(place) & 1 == 1 else { return [] }
            return (0...2).map { choice in
                ReadingSet(count: list.count) { list[$0].choice(at: place) == choice }
            }
        }
        var next = password.count
        var nextSubstitute = [Int](repeating: next, count: password.count)
        for position in password.units.indices.reversed() {
            if Self.place(of: password.lowered[position]) != nil { next = position }
            nextSubstitute[position] = next
        }
        self.nextSubstitute = nextSubstitute
    }

    /// The readings in which the substitute at `place` stands for its letter number `choice`.
    func choosing(_ choice: Int, at place: Int) -> ReadingSet { choices[place][choice] }

    /// The place of a unit among the substitutes.
    @inline(__always)
    static func place(of unit: UInt16) -> Int? {
        guard unit < 0x80, let place = Substitutions.placeOfUnit[Int(unit)] else { return nil }
        return Int(place)
    }
}

/// A set of readings, as bits.
struct ReadingSet {
    private var words: [UInt64]

    init(count: Int, where isMember: (Int) -> Bool) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for index in 0..<count where isMember(index) {
            words[index / 64] |= 1 << UInt64(index % 64)
        }
    }

    /// The first of them.
    var first: Int? {
        guard let word = words.firstIndex(where: { $0 != 0 }) else { return nil }
        return 64 * word + words[word].trailingZeroBitCount
    }

    func contains(_ index: Int) -> Bool { words[index / 64] >> UInt64(index % 64) & 1 == 1 }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func intersection(_ other: ReadingSet) -> ReadingSet {
        var result = self
        for index in words.indices { result.words[index] &= other.words[index] }
        return result
    }
}
