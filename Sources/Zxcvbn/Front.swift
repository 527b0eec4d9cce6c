/// The sequences that brute force may lengthen up to the present end, in the order of their ends.
///
/// Two units and more of brute force take ten times the guesses with each further unit, so how two
/// sequences compare once brute force has brought them to the same end does not depend on that end.
/// A sequence of l matches with product π that ends at e comes to (l + 1)! · π · 10^(end − e), and
/// to 10000^l more. If an earlier one, tried before, comes to less of the first with no more
/// matches, then wherever this one is tried it is not kept, and can be left out.
struct Front {
    /// What may be lost to rounding: equals stay, so that rounding decides as in the original.
    static let margin = 1 + 1e-9

    /// From this end on the first of equals wins, or a password that says the same over and over
    /// would keep them all.
    private static let lastEndOfEquals = 256

    private struct Member {
        let end: Int
        /// The length with the brute force that follows.
        let length: Int
        let product: Double
        let lengthened: Double
    }

    /// What is known of the members of each length.
    private struct Level {
        /// The least that one comes to at the present end.
        var least = Double.infinity
        /// The end of the last number of this length or longer.
        var lastNumber = -1
        /// The end of the last that is not a number.
        var lastWipe = -1
        /// Such as end before this change nothing any more.
        var wipedBefore = -1
    }

    private var members: [Member] = []
    /// Those that end just before the present end: one unit of brute force is dearer than a tenth
    /// of two, so they join the members only for the next end.
    private var newcomers: [Member] = []
    private var nextNewcomers: [Member] = []
    private var levels: [Level] = []
    /// From this length on `least` is infinite because of the newcomers joined so far.
    private var wipedFrom = Int.max
    private let bruteForce = BruteForce.guessesByLength

    /// How many sequences were lengthened so far.
    private(set) var lengthenedCount = 0

    /// Takes a sequence that ends at the present end in a match.
    ///
    /// - Parameters:
    ///   - end: the present end.
    ///   - length: how many matches it has. Calls with the same end come with rising lengths.
    ///   - product: the product of their guesses.
    ///   - lengthened: the product times the orders of one match more.
    mutating func add(end: Int, length: Int, product: Double, lengthened: Double) {
        guard lengthened != .infinity, length < SequenceGuesses.longest else { return }
        nextNewcomers.append(
            Member(end: end, length: length + 1, product: product, lengthened: lengthened))
    }

    /// Lengthens all by brute force up to the present end.
    mutating func addBruteForce(to shelf: inout Shelf, end: Int) {
        lengthenedCount += members.count + newcomers.count
        var survivors = 0
        for member in members {
            let product = guesses(end - member.end) * member.product
            // What is infinite now is so at every later end.
            if shelf.orders[member.length] * product == .infinity
                || product.isNaN && member.end < levels[member.length].wipedBefore
            {
                continue
            }
            members[survivors] = member
            survivors += 1
            shelf.add(
                length: member.length, product: product, start: member.end + 1, candidate: nil)
        }
        members.removeSubrange(survivors...)
        for member in newcomers {
            shelf.add(
                length: member.length, product: guesses(1) * member.product, start: end,
                candidate: nil)
        }
    }

    /// Goes on to the next end.
    mutating func advance() {
        for length in levels.indices { levels[length].least *= 10 }
        join()
        swap(&newcomers, &nextNewcomers)
        nextNewcomers.removeAll(keepingCapacity: true)
    }

    private mutating func join() {
        var lowest = Double.infinity
        var length = 0
        for member in newcomers {
            while levels.count <= member.length { levels.append(Level()) }
            if member.product.isNaN {
                wipe(member)
                (lowest, length) = (.infinity, 0)
                continue
            }
            while length <= member.length {
                lowest = min(lowest, levels[length].least)
                length += 1
            }
            let margin = member.end < Self.lastEndOfEquals ? Self.margin : 1 / Self.margin
            guard member.lengthened <= lowest * margin else { continue }
            members.append(member)
            levels[member.length].least = min(levels[member.length].least, member.lengthened)
            lowest = min(lowest, member.lengthened)
            for length in 0...member.length { levels[length].lastNumber = member.end }
            wipedFrom = .max
        }
        wipedFrom = .max
    }

    // What is not a number wipes out what was kept with its length. So what is as long or longer
    // makes nothing hopeless any more: what it was kept out by may be gone.
    private mutating func wipe(_ member: Member) {
        let length = member.length
        if length < wipedFrom {
            for index in length..<levels.count { levels[index].least = .infinity }
            wipedFrom = length
        }
        // The one before has no effect if no number came between that it could have let in.
        if levels[length].lastNumber < levels[length].lastWipe {
            levels[length].wipedBefore = member.end
        }
        levels[length].lastWipe = member.end
        members.append(member)
    }

    @inline(__always)
    private func guesses(_ length: Int) -> Double {
        length < bruteForce.count ? bruteForce[length] : .greatestFiniteMagnitude
    }
}
