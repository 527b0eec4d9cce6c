/// The form and mail templates that `postern build` compiled.
package struct CompiledTemplates: Sendable {
    let file: TemplateFile

    /// The languages of the templates; the site's own comes first.
    package var languages: [String] { file.languages }

    /// Maps a file of compiled templates.
    ///
    /// A template is checked when it is first used, so that a program which is started for one page
    /// does not pay for all of them.
    ///
    /// - Parameter path: The file, usually `forms.seg`.
    /// - Throws: `TemplateError` if it cannot be read or is something else.
    package init(contentsOfFile path: String) throws(TemplateError) {
        file = try TemplateFile(path: path)
    }

    /// Checks all of the file.
    ///
    /// - Throws: `TemplateError` if it is not sound.
    package func verify() throws(TemplateError) {
        try file.verify()
    }

    /// Checks that all templates are sound and there, and were compiled for the program's slots.
    ///
    /// An operator who asks learns of a half-finished update before a visitor does.
    ///
    /// - Parameters:
    ///   - forms: The schemas of the pages.
    ///   - mails: The schemas of the mails.
    ///   - messages: The schemas of what is said in plain text alone.
    /// - Throws: `TemplateError` for the first template that is missing or has other slots.
    package func check(
        forms: [Schema], mails: [Schema] = [], messages: [Schema] = []
    ) throws(TemplateError) {
        try verify()
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
        try FilledTemplate(form, named: Form.name).render(in: language, from: file)
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
        func render(_ part: MailPart) throws(TemplateError) -> [UInt8] {
            try FilledTemplate(mail, named: part.segment(of: name)).render(in: language, from: file)
        }
        let subject = String(decoding: try render(.subject), as: UTF8.self)
        return (subject, try render(.text), try render(.html))
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
        let text = try FilledTemplate(message, named: MailPart.text.segment(of: Message.name))
            .render(in: language, from: file)
        return String(decoding: text.trimmingNewlines, as: UTF8.self)
    }

    private func check(_ name: String, _ schema: Schema) throws(TemplateError) {
        for language in file.languages {
            guard try file.entry(name, language).schemaHash == schema.hash else {
                throw .schemaMismatch(template: name)
            }
        }
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
