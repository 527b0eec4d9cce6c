import Hypertext

/// A part of a template after layouts, components, texts and everything known at build time have
/// been put in: markup, values and slots.
indirect enum Piece {
    /// Source that goes through as it stands.
    case markup([UInt8], Location)
    /// Markup from a text, which may stand only where elements may.
    case inlineMarkup([UInt8], Location)
    /// A part that is the same in every template, checked once.
    case unit(Unit)
    /// What stands in a Markdown page.
    case markdown(Markdown)
    /// A value known now, to be escaped for its place.
    case value(String, Location)
    /// A slot to be printed.
    case slot(SlotReference, Location)
    /// One way if the slot is set, the other if not.
    case branch(SlotReference, then: [Piece], otherwise: [Piece], Location)
    /// One of the branches, by the case of a choice.
    case choose(SlotReference, branches: [[Piece]], branchOfCase: [Int], Location)
    /// The body for each row of a list.
    case each(SlotReference, body: [Piece], Location)
}

/// A component, with nothing in it that depends on where it stands.
final class Unit {
    let pieces: [Piece]
    /// What the checker made of it, between elements.
    var checked: (segments: [Segment], facts: PageFacts)?

    init(_ pieces: [Piece]) {
        self.pieces = pieces
    }
}

/// A slot of the page, or of a row of a list around the place.
struct SlotReference: Hashable {
    /// How many lists lie around the record that has the slot.
    let depth: Int
    /// The slot's position in its record.
    let slot: Int
    let type: SlotType
    /// The dotted path, as the front matter declares it.
    let path: String

    func hash(into hasher: inout Hasher) {
        hasher.combine(path)  // which no two slots of a template share
    }
}
