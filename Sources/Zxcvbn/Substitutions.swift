/// Which characters stand for which letters, as `4` for `a`.
///
/// Each of the twenty characters has two bits: 0 if it stands for itself, 1 or 2 for the first or
/// the second of its letters.
public struct Substitutions: OptionSet, Sendable, Hashable {
    public let rawValue: UInt64

    /// Takes the bits of the twenty characters.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// A character that may stand for a letter.
struct Substitute {
    /// What it may be read as: itself, and its one or two letters.
    var spellings: [UInt16]

    var unit: UInt16 { spellings[0] }
}

extension Substitutions {
    /// The letters and what may stand for them, in the original's order.
    private static let table: [(letter: Character, substitutes: String)] = [
        ("a", "4@"), ("b", "8"), ("c", "({[<"), ("e", "3"), ("g", "69"), ("i", "1!|"),
        ("l", "1|7"), ("o", "0"), ("s", "$5"), ("t", "+7"), ("x", "%"), ("z", "2"),
    ]

    /// The characters that may stand for letters.
    static let substitutes: [Substitute] = {
        var substitutes: [Substitute] = []
        for (letter, characters) in table {
            for unit in characters.utf16 {
                if let known = substitutes.firstIndex(where: { $0.unit == unit }) {
                    substitutes[known].spellings += letter.utf16
                } else {
                    substitutes.append(Substitute(spellings: [unit] + letter.utf16))
                }
            }
        }
        return substitutes
    }()

    static let noPlace: UInt8 = 0xFF

    /// The place among `substitutes` of each unit of ASCII, or `noPlace`.
    static let placeOfUnit: [UInt8] = {
        var places = [UInt8](repeating: noPlace, count: 0x80)
        for (place, substitute) in substitutes.enumerated() {
            places[Int(substitute.unit)] = UInt8(place)
        }
        return places
    }()

    /// The choices for each letter in the original's order: the place of a substitute, and which
    /// of its letters is meant.
    private static let choicesByLetter: [[(place: Int, choice: UInt64)]] = table.map { entry in
        entry.substitutes.utf16.compactMap { unit in
            let place = Int(placeOfUnit[Int(unit)])
            guard let letter = entry.letter.utf16.first,
                let choice = substitutes[place].spellings.firstIndex(of: letter)
            else { return nil }
            return (place, UInt64(choice))
        }
    }

    /// The pairs, with the substitutes in the order in which the letters come.
    public var pairs: [(substitute: Character, letter: Character)] {
        Self.substitutes.enumerated().compactMap { place, substitute in
            let choice = choice(at: place)
            guard choice > 0, let unit = Unicode.Scalar(substitute.unit),
                let letter = Unicode.Scalar(substitute.spellings[choice])
            else { return nil }
            return (Character(unit), Character(letter))
        }
    }

    /// Which of its letters the substitute at `place` stands for, from 1; 0 for none.
    @inline(__always)
    func choice(at place: Int) -> Int {
        Int(truncatingIfNeeded: rawValue &>> UInt64(2 &* place)) & 3
    }

    /// Only those substitutes whose bit is set in `places`.
    func restricted(to places: UInt32) -> Substitutions {
        var rest = self
        for place in Self.substitutes.indices where places >> UInt32(place) & 1 == 0 {
            rest.subtract(Substitutions(rawValue: 3 << UInt64(2 * place)))
        }
        return rest
    }

    /// All ways to read the characters present, in the original's order.
    ///
    /// Letter by letter, each way so far is continued with each character present that may stand
    /// for the letter. If the character stands for another letter already, both ways go on. So a
    /// letter has at most one character: `p4@4ss` is read as `pa@ass` or `p4a4ss`, never `paaass`.
    ///
    /// - Parameter places: a bit for the place of each character present.
    /// - Returns: one empty reading if there are none.
    static func readings(of places: UInt32) -> [Substitutions] {
        var readings: [Substitutions] = [[]]
        for choices in choicesByLetter {
            let present = choices.filter { places >> UInt32($0.place) & 1 == 1 }
            guard !present.isEmpty else { continue }
            var seen: Set<Substitutions> = []
            var next: [Substitutions] = []
            for (place, choice) in present {
                let taken = Substitutions(rawValue: 3 << UInt64(2 * place))
                let new = Substitutions(rawValue: choice << UInt64(2 * place))
                // Only the second letter of a substitute can meet a choice made before.
                let isContested = choice > 1
                for reading in readings {
                    if !reading.isDisjoint(with: taken), seen.insert(reading).inserted {
                        next.append(reading)
                    }
                    let replaced = reading.subtracting(taken).union(new)
                    if !isContested || seen.insert(replaced).inserted { next.append(replaced) }
                }
            }
            readings = next
        }
        return readings
    }
}
