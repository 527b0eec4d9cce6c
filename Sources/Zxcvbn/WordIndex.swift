/// Ranked words that can be found unit by unit.
protocol WordIndex {
    /// How far into the words the units read so far lead.
    associatedtype State

    /// Before the first unit.
    var start: State { get }

    /// Reads one more unit.
    ///
    /// - Returns: `nil` if no word begins with the units read.
    func step(_ state: State, _ unit: UInt16) -> State?

    /// The word that consists of the units read, if there is one.
    func word(at state: State) -> RankedWord?
}

/// A word's place in a list.
struct RankedWord {
    let list: WordList
    /// From 1; not a number for the two words that every JavaScript object has.
    let rank: Double
}
