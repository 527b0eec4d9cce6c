/// A value whose slots a template shows: an item of a list, or a whole page.
///
/// Declare the slots as a `static let`, so that they are made once and not for each page.
package protocol SlotRecord: SendableMetatype {
    /// The slots, in the order in which the schema names them.
    static var slots: [Slot<Self>] { get }
}

/// What a form or a mail shows, as a struct that says how each of its slots is filled.
///
/// The struct is the truth about names and types; the template's front matter restates them, and
/// `postern build` reports every difference.
package protocol FormTemplate: SlotRecord {
    /// The name of the template: `sign-in` for `site/forms/sign-in.html`.
    ///
    /// Forms and mails share one set of names.
    static var name: String { get }
}

/// A named place in a template, and how a value of `Root` fills it.
package struct Slot<Root>: Sendable {
    /// The name and the type.
    package let declaration: SlotDeclaration
    let declarationHash: UInt64
    let read: @Sendable (Root) -> SlotValue

    private init(_ declaration: SlotDeclaration, _ read: @escaping @Sendable (Root) -> SlotValue) {
        self.declaration = declaration
        declarationHash = declaration.stableHash
        self.read = read
    }

    /// Makes a slot of text, which is escaped for the place where it stands.
    package static func text(
        _ name: String, _ read: @escaping @Sendable (Root) -> String
    ) -> Self {
        Self(SlotDeclaration(name, .text)) { .text(read($0)) }
    }

    /// Makes a slot for an address that the program made.
    ///
    /// It is path-absolute or begins with `https://`, `http://` or `otpauth://`, or it is empty,
    /// which `{{#if}}` takes as not given. Rendering anything else into a link throws.
    package static func url(
        _ name: String, _ read: @escaping @Sendable (Root) -> String
    ) -> Self {
        Self(SlotDeclaration(name, .url)) { .text(read($0)) }
    }

    /// Makes a slot for what a template of plain text says of it, in the language of the page.
    ///
    /// Pages take it for a text; where there is no message, it is empty.
    package static func message<Message: FormTemplate>(
        _ name: String, _ read: @escaping @Sendable (Root) -> Message?
    ) -> Self {
        Self(SlotDeclaration(name, .text)) { root in
            read(root).map {
                .message(FilledTemplate($0, named: MailPart.text.segment(of: Message.name)))
            } ?? .text("")
        }
    }

    /// Makes a slot for a number of things, 0 or more.
    ///
    /// It is written as the language writes numbers, and decides which form of a text is taken:
    /// `1 day`, `2 days`. `{{#if}}` takes 0 as not given.
    package static func count(
        _ name: String, _ read: @escaping @Sendable (Root) -> Int
    ) -> Self {
        Self(SlotDeclaration(name, .count)) { .count(read($0)) }
    }

    /// Makes a slot that is set or not.
    package static func flag(
        _ name: String, _ read: @escaping @Sendable (Root) -> Bool
    ) -> Self {
        Self(SlotDeclaration(name, .flag)) { .flag(read($0)) }
    }

    /// Makes a slot that is one of a closed set of names, the raw values of an enumeration.
    package static func choice<Choice>(
        _ name: String, of type: Choice.Type, _ read: @escaping @Sendable (Root) -> Choice
    ) -> Self
    where Choice: CaseIterable & RawRepresentable & Sendable, Choice.RawValue == String {
        let cases = Choice.allCases.map { $0.rawValue }
        return Self(SlotDeclaration(name, .choice(cases))) { root in
            let chosen = read(root).rawValue
            return .choice(cases.firstIndex(of: chosen) ?? cases.endIndex)
        }
    }

    /// Makes a slot that is a list of records.
    package static func list<Item: SlotRecord>(
        _ name: String, of type: Item.Type, _ read: @escaping @Sendable (Root) -> [Item]
    ) -> Self {
        let slots = Item.slots
        return Self(SlotDeclaration(name, .list(slots.map { $0.declaration }))) { root in
            .list(SlotRows(read(root), slots: slots))
        }
    }
}

/// What stands in a slot while a page is rendered.
enum SlotValue {
    case text(String)
    case message(FilledTemplate)
    case count(Int)
    case flag(Bool)
    case choice(Int)  // the position in the declared cases
    case list(SlotRows)
}

/// The values of records whose type is forgotten, row by row.
struct SlotRows {
    let count: Int
    private let width: Int
    private let values: [SlotValue]

    /// Reads every slot of every record, once.
    init<Record>(_ records: [Record], slots: [Slot<Record>]) {
        var values: [SlotValue] = []
        values.reserveCapacity(records.count * slots.count)
        for record in records {
            for slot in slots {
                values.append(slot.read(record))
            }
        }
        self.init(count: records.count, width: slots.count, values: values)
    }

    init(count: Int, width: Int, values: [SlotValue]) {
        self.count = count
        self.width = width
        self.values = values
    }

    /// Returns the value of a slot, or `nil` if the record has no such slot.
    func value(row: Int, slot: Int) -> SlotValue? {
        slot < width ? values[row * width + slot] : nil
    }
}
