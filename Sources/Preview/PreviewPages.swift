package import Hypertext

/// Every page, mail and message of a site in every state and language, from sample data.
package struct PreviewPages: Sendable {
    /// What a template is for.
    enum Kind: CaseIterable {
        case form
        case mail
        /// Said in plain text alone.
        case message
    }

    /// A form, a mail or a message, and its states.
    struct Subject: Sendable {
        let name: String
        let kind: Kind
        let schema: Schema
        let states: [PreviewState]
    }

    /// One of them to be looked at, by its address: `/preview/de/sign-in/plain`.
    struct Address: Equatable {
        let language: String
        let subject: String
        let state: String
        /// The part of a mail, or that in which a message consists.
        let part: MailPart?

        static let root = "/preview/"

        var path: String {
            Self.root + "\(language)/\(subject)/\(state)" + (part.map { ".\($0.rawValue)" } ?? "")
        }
    }

    /// The language of the site, but from right to left, for themes that are to serve such languages.
    static let mirrored = "mirrored"

    let subjects: [Subject]
    /// The languages of the templates, the site's own first, and its mirror image.
    let languages: [String]
    private let templates: CompiledTemplates

    /// Finds everything that there is to look at.
    ///
    /// - Parameters:
    ///   - templates: The templates of the site.
    ///   - schemas: What the program fills.
    package init(_ templates: CompiledTemplates, schemas: [Schema]) {
        self.templates = templates
        languages = templates.languages + [Self.mirrored]
        let names = templates.names
        let phrases = SamplePhrases(schemas)
        subjects = names.compactMap { template in
            guard let (name, kind) = Self.subject(of: template, among: names),
                let schema = templates.schema(of: template, called: name, among: schemas)
            else { return nil }
            let asked = Self.templates(of: name, kind).reduce(into: Set<String>()) {
                $0.formUnion(templates.conditions(in: $1, of: schema))
            }
            let own = Schema(name: name, slots: schema.slots)
            return Subject(
                name: name, kind: kind, schema: schema,
                states: StateFinder(own, asked: asked, phrases: phrases).states)
        }
    }

    /// The paths of all previews.
    package var paths: [String] {
        subjects.flatMap { subject in
            languages.flatMap { addresses(of: subject, in: $0) }
        }.map(\.path)
    }

    /// The path of the first preview of a form, mail or message.
    func firstPath(of name: String) -> String? {
        subjects.first { $0.name == name }.flatMap {
            addresses(of: $0, in: languages[0]).first?.path
        }
    }

    /// The previews of a form, mail or message in one language.
    func addresses(of subject: Subject, in language: String) -> [Address] {
        Self.parts(of: subject.kind, isMirrored: language == Self.mirrored).flatMap { part in
            subject.states.map {
                Address(language: language, subject: subject.name, state: $0.name, part: part)
            }
        }
    }

    /// Renders what is at a path.
    ///
    /// - Returns: `nil` if there is no such preview.
    func render(_ path: String) throws(TemplateError) -> (part: MailPart?, bytes: [UInt8])? {
        let names = path.dropFirst(Address.root.count).split(separator: "/").map(String.init)
        guard
            names.count == 3, languages.contains(names[0]),
            let subject = subjects.first(where: { $0.name == names[1] }),
            let address = addresses(of: subject, in: names[0]).first(where: { $0.path == path })
        else { return nil }
        return (address.part, try render(address, subject))
    }

    private func render(_ address: Address, _ subject: Subject) throws(TemplateError) -> [UInt8] {
        guard let state = subject.states.first(where: { $0.name == address.state }) else {
            return []
        }
        let isMirrored = address.language == Self.mirrored
        func render(_ template: String) throws(TemplateError) -> [UInt8] {
            try templates.render(
                template, of: subject.schema, showing: state.content,
                language: isMirrored ? "" : address.language)
        }
        let template = address.part?.segment(of: subject.name) ?? subject.name
        let bytes = try render(template)
        if isMirrored {
            return Self.mirror(bytes)
        }
        guard subject.kind == .mail, address.part == .text else { return bytes }
        let title = try render(MailPart.subject.segment(of: subject.name))
        return Array("Subject: ".utf8) + title + Array("\n\n".utf8) + bytes
    }

    /// Turns a page around, whatever it says of its direction.
    private static func mirror(_ page: [UInt8]) -> [UInt8] {
        let text = String(decoding: page, as: UTF8.self)
        guard let end = text.firstRange(of: "<html")?.upperBound else { return page }
        let rest = text[end...]
        let tag = rest.prefix { $0 != ">" }.replacing(" dir=\"ltr\"", with: "")
        return Array("\(text[..<end]) dir=\"rtl\"\(tag)\(rest.drop { $0 != ">" })".utf8)
    }
}

// MARK: - Templates by name

extension PreviewPages {
    /// What a template is the first part of; `nil` for the other parts of a mail.
    private static func subject(
        of template: String, among names: [String]
    ) -> (name: String, kind: Kind)? {
        for part in MailPart.allCases where template.hasSuffix(part.segment(of: "")) {
            let name = String(template.dropLast(part.segment(of: "").count))
            let isMail = names.contains(MailPart.subject.segment(of: name))
            guard part == .subject || !isMail else { return nil }
            return (name, isMail ? .mail : .message)
        }
        return (template, .form)
    }

    private static func templates(of name: String, _ kind: Kind) -> [String] {
        switch kind {
        case .form: [name]
        case .mail: MailPart.allCases.map { $0.segment(of: name) }
        case .message: [MailPart.text.segment(of: name)]
        }
    }

    /// The parts that are looked at one by one; plain text has no direction of its own.
    private static func parts(of kind: Kind, isMirrored: Bool) -> [MailPart?] {
        switch kind {
        case .form: [nil]
        case .mail: isMirrored ? [.html] : [.html, .text]
        case .message: isMirrored ? [] : [.text]
        }
    }
}
