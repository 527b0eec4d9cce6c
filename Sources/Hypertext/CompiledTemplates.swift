/// The form and mail templates that `postern build` compiled.
package struct CompiledTemplates: Sendable {
    let file: TemplateFile

    /// Maps a file of compiled templates and checks it once.
    ///
    /// - Parameter path: The file, usually `forms.seg`.
    /// - Throws: `TemplateError` if it cannot be read or is not sound.
    package init(contentsOfFile path: String) throws(TemplateError) {
        file = try TemplateFile(path: path)
    }

    /// Checks that all templates are there and were compiled for the program's slots.
    ///
    /// A program that asks at its start learns of a half-finished update before a visitor does.
    ///
    /// - Parameters:
    ///   - forms: The schemas of the pages.
    ///   - mails: The schemas of the mails.
    ///   - messages: The schemas of what is said in plain text alone.
    /// - Throws: `TemplateError` for the first template that is missing or has other slots.
    package func check(
        forms: [Schema], mails: [Schema] = [], messages: [Schema] = []
    ) throws(TemplateError) {
        for schema in forms {
            try check(schema.name, schema)
        }
        for schema in mails {
            for part in MailPart.allCases {
                try check(part.segment(of: schema.name), schema)
            }
        }
        for schema in messages {
            try check(MailPart.text.segment(of: schema.name), schema)
        }
    }

    /// Renders a page.
    ///
    /// - Parameters:
    ///   - form: What the page shows.
    ///   - language: The language of its words, as `en`; a site that lacks it answers in its own.
    /// - Returns: The page in UTF-8.
    /// - Throws: `TemplateError` if the template is missing or was compiled for other slots.
    package func render<Form: FormTemplate>(
        _ form: Form, language: String
    ) throws(TemplateError) -> [UInt8] {
        try render(Form.name, form, language)
    }

    /// Renders the parts of a mail.
    ///
    /// - Parameters:
    ///   - mail: What the mail says.
    ///   - name: The mail's name, where another has the same slots.
    ///   - language: The language of its words.
    /// - Returns: The subject, which is one line without control characters; the text and the HTML.
    /// - Throws: `TemplateError` if a part is missing or was compiled for other slots.
    package func mail<Mail: FormTemplate>(
        _ mail: Mail, named name: String = Mail.name, language: String
    ) throws(TemplateError) -> (subject: String, text: [UInt8], html: [UInt8]) {
        let subject = try render(MailPart.subject.segment(of: name), mail, language)
        let text = try render(MailPart.text.segment(of: name), mail, language)
        let html = try render(MailPart.html.segment(of: name), mail, language)
        return (String(decoding: subject, as: UTF8.self), text, html)
    }

    /// Renders what is said in plain text alone, such as a text message.
    ///
    /// - Parameters:
    ///   - message: What it says.
    ///   - language: The language of its words.
    /// - Returns: The text, without white space around it.
    /// - Throws: `TemplateError` if it is missing or was compiled for other slots.
    package func message<Message: FormTemplate>(
        _ message: Message, language: String
    ) throws(TemplateError) -> String {
        let text = try render(MailPart.text.segment(of: Message.name), message, language)
        return String(decoding: text.trimmingNewlines, as: UTF8.self)
    }

    private func render<Form: FormTemplate>(
        _ name: String, _ form: Form, _ language: String
    ) throws(TemplateError) -> [UInt8] {
        let slots = Form.slots
        let entry = try entry(name, language)
        // The same hash as `Schema.hash`, from what was hashed when the slots were made.
        var hash = StableHash()
        for slot in slots {
            hash.combine(slot.declarationHash)
        }
        guard entry.schemaHash == hash.value else { throw .schemaMismatch(template: name) }
        var renderer = Renderer(entry, of: file, showing: SlotRows([form], slots: slots))
        try renderer.run()
        return renderer.output
    }

    private func check(_ name: String, _ schema: Schema) throws(TemplateError) {
        for entry in file.entries where entry.name == name && entry.schemaHash != schema.hash {
            throw .schemaMismatch(template: name)
        }
        guard file.entries.contains(where: { $0.name == name }) else {
            throw .missing(template: name)
        }
    }

    /// Finds a template in a language, or in the site's own, which stands first.
    func entry(_ name: String, _ language: String) throws(TemplateError) -> TemplateEntry {
        let exact = file.entries.first { $0.name == name && $0.language == language }
        guard let entry = exact ?? file.entries.first(where: { $0.name == name }) else {
            throw .missing(template: name)
        }
        return entry
    }
}

extension [UInt8] {
    /// The bytes without line breaks before and behind them.
    fileprivate var trimmingNewlines: ArraySlice<UInt8> {
        let start = drop { $0 == UInt8(ascii: "\n") }
        let end = start.lastIndex { $0 != UInt8(ascii: "\n") }
        return end.map { start[...$0] } ?? []
    }
}

/// The three templates of which a mail consists.
package enum MailPart: String, Sendable, CaseIterable {
    case subject
    case text = "txt"
    case html

    /// Returns the name of the compiled template: `welcome.txt`.
    package func segment(of mail: String) -> String { "\(mail).\(rawValue)" }
}
