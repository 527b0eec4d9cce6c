/// What stands in a slot of a record whose type is not known, as in a preview of a page.
package enum SlotContent: Sendable, Equatable {
    /// A text or a URL.
    case text(String)
    /// A text that a template says: that of a schema, with the contents of its slots by name.
    indirect case message(Schema, [String: SlotContent])
    case count(Int)
    case flag(Bool)
    /// One of the declared cases.
    case choice(String)
    /// The rows of a list, each with the contents of its slots by name.
    case list([[String: SlotContent]])
}

extension SlotRows {
    /// Takes the contents of records by the names of their slots; what is lacking is empty.
    init(_ records: [[String: SlotContent]], slots: [SlotDeclaration]) {
        self.init(
            count: records.count, width: slots.count,
            values: records.flatMap { record in
                slots.map { SlotValue(record[$0.name], in: $0.type) }
            })
    }
}

extension SlotValue {
    fileprivate init(_ content: SlotContent?, in type: SlotType) {
        self =
            switch (type, content) {
            case (.text, .text(let text)), (.url, .text(let text)): .text(text)
            case (.text, .message(let schema, let content)):
                .message(
                    FilledTemplate(
                        content, in: schema, named: MailPart.text.segment(of: schema.name)))
            case (.text, _), (.url, _): .text("")
            case (.count, .count(let number)): .count(number)
            case (.count, _): .count(0)
            case (.flag, .flag(let isSet)): .flag(isSet)
            case (.flag, _): .flag(false)
            case (.choice(let cases), .choice(let name)):
                .choice(cases.firstIndex(of: name) ?? cases.endIndex)
            case (.choice, _): .choice(0)
            case (.list(let slots), .list(let rows)): .list(SlotRows(rows, slots: slots))
            case (.list(let slots), _): .list(SlotRows([], slots: slots))
            }
    }
}
