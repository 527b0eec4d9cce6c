/// The ways in which a password's substitutes can be read.
struct Readings {
    let list: [Substitutions]
    /// All of them.
    let all: ReadingSet
    /// For each position the next one that has a substitute, or the password's length.
    let nextSubstitute: [Int]
    /// A bit for the place of each substitute in the password.
    private let places: UInt32
    // For each of those three sets: the readings in which it stands for itself, for its first and
    // for its second letter.
    private let choices: [ReadingSet]

    /// Returns `nil` if the password has no substitutes.
    init?(_ password: Password) {
        var places: UInt32 = 0
        for unit in password.units {
            if let place = Self.place(of: unit) { places |= 1 << UInt32(place) }
        }
        guard places != 0 else { return nil }
        let list = Substitutions.readings(of: places)
        var all = ReadingSet()
        var choices = [ReadingSet](repeating: ReadingSet(), count: 3 * places.nonzeroBitCount)
        for (index, reading) in list.enumerated() {
            all.insert(index)
            var rest = places
            for first in stride(from: 0, to: choices.count, by: 3) {
                choices[first + reading.choice(at: rest.trailingZeroBitCount)].insert(index)
                rest &= rest - 1
            }
        }
        self.places = places
        self.list = list
        self.all = all
        self.choices = choices
        var next = password.count
        var nextSubstitute = [Int](repeating: next, count: password.count)
        for position in password.units.indices.reversed() {
            if Self.place(of: password.lowered[position]) != nil { next = position }
            nextSubstitute[position] = next
        }
        self.nextSubstitute = nextSubstitute
    }

    /// The readings in which the substitute at `place` stands for its letter number `choice`.
    @inline(__always)
    func choosing(_ choice: Int, at place: Int) -> ReadingSet {
        let before = places & ((1 &<< UInt32(place)) &- 1)
        return choices[3 * before.nonzeroBitCount + choice]
    }

    /// The place of a unit among the substitutes.
    @inline(__always)
    static func place(of unit: UInt16) -> Int? {
        guard unit < 0x80 else { return nil }
        let place = Substitutions.placeOfUnit[Int(unit)]
        return place == Substitutions.noPlace ? nil : Int(place)
    }
}
