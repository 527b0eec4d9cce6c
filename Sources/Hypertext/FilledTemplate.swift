/// What a page or a message shows, with the type of its values forgotten.
struct FilledTemplate {
    let name: String
    let rows: SlotRows
    private let schemaHash: UInt64

    /// Reads every slot of a form, once.
    ///
    /// - Parameters:
    ///   - form: The values.
    ///   - name: The name of the compiled template.
    init<Form: FormTemplate>(_ form: Form, named name: String) {
        self.name = name
        let slots = Form.slots
        rows = SlotRows([form], slots: slots)
        // The same hash as `Schema.hash`, from what was hashed when the slots were made.
        var hash = StableHash()
        for slot in slots {
            hash.combine(slot.declarationHash)
        }
        schemaHash = hash.value
    }

    /// Takes what stands in the slots of a schema, by name.
    init(_ content: [String: SlotContent], in schema: Schema, named name: String) {
        self.name = name
        rows = SlotRows([content], slots: schema.slots)
        schemaHash = schema.hash
    }

    /// Renders the template of a file in a language, or in the site's own if it lacks that.
    func render(in language: String, from file: TemplateFile) throws(TemplateError) -> [UInt8] {
        let entry = try file.entry(name, language)
        guard entry.schemaHash == schemaHash else { throw .schemaMismatch(template: name) }
        var renderer = Renderer(entry, of: file, showing: rows)
        try renderer.run()
        return renderer.output
    }
}

extension [UInt8] {
    /// The bytes without line breaks before and behind them.
    var trimmingNewlines: ArraySlice<UInt8> {
        let start = drop { $0 == UInt8(ascii: "\n") }
        let end = start.lastIndex { $0 != UInt8(ascii: "\n") }
        return end.map { start[...$0] } ?? []
    }
}
