// Templates as a preview looks at them: by name, whatever the program makes of them.

extension CompiledTemplates {
    /// The names of all templates, in the order of the file; parts of mails are `NAME.txt` and so on.
    package var names: [String] { file.names }

    /// Finds the schema for which a template was compiled.
    ///
    /// - Parameters:
    ///   - template: The template's name.
    ///   - name: The name of the form or mail, whose own schema goes before others of the same slots.
    ///   - schemas: What the program fills.
    /// - Returns: `nil` if it was compiled for other slots.
    package func schema(
        of template: String, called name: String, among schemas: [Schema]
    ) -> Schema? {
        let hash = try? entry(template).schemaHash
        let fitting = schemas.filter { $0.hash == hash }
        return fitting.first { $0.name == name } ?? fitting.first
    }

    /// The slots of the page itself for which a template asks, as by `{{#if}}`.
    package func conditions(in template: String, of schema: Schema) -> Set<String> {
        guard let entry = try? entry(template) else { return [] }
        let operations = entry.operations.map { file.operation(at: $0) }
        return Set(
            operations.filter { $0.kind == .unless && $0.depth == 0 }.map {
                schema.slots[Int($0.slot)].name
            })
    }

    /// Renders a template.
    ///
    /// - Parameters:
    ///   - template: The template's name.
    ///   - schema: Its slots.
    ///   - content: What stands in them, by name.
    ///   - language: The language of its words.
    /// - Returns: The page, or the part of a mail, in UTF-8.
    /// - Throws: `TemplateError` if it is missing or was compiled for other slots.
    package func render(
        _ template: String, of schema: Schema, showing content: [String: SlotContent],
        language: String
    ) throws(TemplateError) -> [UInt8] {
        try FilledTemplate(content, in: schema, named: template).render(in: language, from: file)
    }

    /// The template in the site's own language; its slots are the same in all.
    private func entry(_ template: String) throws(TemplateError) -> TemplateEntry {
        try file.entry(template, languages.first ?? "")
    }
}
