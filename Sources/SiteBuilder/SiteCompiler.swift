import Hypertext

/// Compiles a site that has been read: every page, form and mail in every language.
struct SiteCompiler {
    let site: Site
    private let schemas: [String: Schema]?
    private let links: LinkChecker
    private let mailLinks: LinkChecker
    private let problems: Problems

    /// What is to be published.
    struct Output {
        let files: [String: [UInt8]]
        let templates: [CompiledTemplate]
    }

    init(site: Site, schemas: [Schema]?, _ problems: Problems) {
        self.site = site
        self.problems = problems
        self.schemas = schemas.map {
            Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let paths = site.servedPaths
        links = LinkChecker(paths: paths, isMail: false)
        mailLinks = LinkChecker(paths: paths, isMail: true)
    }

    /// Compiles everything and notes every problem.
    func compile() -> Output {
        var templates: [CompiledTemplate] = []
        for form in site.forms {
            let slots = slots(of: form)
            var used: Set<String> = []
            for catalog in site.catalogs {
                let segments = segments(of: form, in: catalog, slots, links, &used)
                templates.append(
                    CompiledTemplate(
                        name: form.name, language: catalog.language, schema: slots.schema,
                        segments: segments))
            }
            slots.checkUse(used, problems)
        }
        for name in site.mailNames {
            templates += compile(mail: name)
        }
        checkCompleteness()
        return Output(files: files(), templates: templates)
    }

    // MARK: - Static files

    private func files() -> [String: [UInt8]] {
        var files = site.statics
        for asset in site.assets.values {
            files[asset.output] = asset.bytes
        }
        guard let catalog = site.catalogs.first else { return files }
        for page in site.pages {
            var used: Set<String> = []
            let segments = segments(of: page.template, in: catalog, .none, links, &used)
            if files[page.output] != nil {
                problems.report(
                    "static/\(page.output) is in the way of this page",
                    at: page.template.frontMatter.location)
            }
            files[page.output] = segments.fixedText
        }
        return files
    }

    // MARK: - Forms and mails

    private func segments(
        of template: Template, in catalog: TextCatalog, _ slots: TemplateSlots,
        _ links: LinkChecker, _ used: inout Set<String>
    ) -> [Segment] {
        let expander = Expander(template, of: site, in: catalog, slots: slots, problems)
        let pieces = expander.expandTemplate()
        used.formUnion(expander.used)
        guard template.suffix == ".html" else {
            return PlainText(template: template, isLine: false, problems: problems)
                .segments(pieces)
        }
        return ContextChecker.check(pieces, of: template, links: links, problems)
    }

    private func compile(mail name: String) -> [CompiledTemplate] {
        if let text = site.mails[name + ".txt"], text.frontMatter.scalars["subject"] == nil,
            site.mails[name + ".html"] == nil
        {
            return compile(message: text)
        }
        guard let text = site.mails[name + ".txt"], let html = site.mails[name + ".html"] else {
            let (lone, missing) =
                site.mails[name + ".txt"].map { ($0, ".html") }
                ?? site.mails[name + ".html"].map { ($0, ".txt") } ?? (nil, "")
            if let lone {
                problems.report(
                    "a mail has two parts; mails/\(name)\(missing) is missing",
                    at: lone.frontMatter.location)
            }
            return []
        }
        let slots = slots(of: text)
        var used: Set<String> = []
        var templates: [CompiledTemplate] = []
        for catalog in site.catalogs {
            let parts: [(MailPart, [Segment])] = [
                (.subject, subject(of: text, in: catalog, slots, &used)),
                (.text, segments(of: text, in: catalog, slots, mailLinks, &used)),
                (.html, segments(of: html, in: catalog, slots, mailLinks, &used)),
            ]
            for (part, segments) in parts {
                templates.append(
                    CompiledTemplate(
                        name: part.segment(of: name), language: catalog.language,
                        schema: slots.schema, segments: segments))
            }
        }
        slots.checkUse(used, problems)
        if let slot = html.frontMatter.slots.first {
            problems.report("the slots of a mail stand in \(name).txt", at: slot.value.location)
        }
        return templates
    }

    /// Compiles what is said in plain text alone: a text message, or a file to keep.
    private func compile(message: Template) -> [CompiledTemplate] {
        let slots = slots(of: message)
        var used: Set<String> = []
        let templates = site.catalogs.map { catalog in
            CompiledTemplate(
                name: MailPart.text.segment(of: message.name), language: catalog.language,
                schema: slots.schema,
                segments: segments(of: message, in: catalog, slots, mailLinks, &used))
        }
        slots.checkUse(used, problems)
        return templates
    }

    private func subject(
        of mail: Template, in catalog: TextCatalog, _ slots: TemplateSlots,
        _ used: inout Set<String>
    ) -> [Segment] {
        guard let subject = mail.frontMatter.scalars["subject"] else {
            problems.report("a mail needs a `subject:`", at: mail.frontMatter.location)
            return []
        }
        let expander = Expander(mail, of: site, in: catalog, slots: slots, problems)
        let pieces = expander.expandSubject(subject)
        used.formUnion(expander.used)
        return PlainText(template: mail, isLine: true, problems: problems).segments(pieces)
    }

    /// The slots of a template; `like: NAME` says that they are those of another.
    private func slots(of template: Template) -> TemplateSlots {
        let name = template.frontMatter.scalars["like"]?.text ?? template.name
        if let schemas, schemas[name] == nil {
            problems.report(
                "the program has no \(template.isMail ? "mail" : "form") \"\(name)\""
                    + suggestion(for: name, among: schemas.keys),
                at: template.frontMatter.location)
        }
        return TemplateSlots(of: template, schema: schemas?[name], problems)
    }

    /// Sees that every schema has its template, and that no form is called like a mail.
    private func checkCompleteness() {
        let forms = Set(site.forms.map(\.name))
        let mails = Set(site.mailNames)
        for form in site.forms where mails.contains(form.name) {
            problems.report(
                "a form and a mail are both called \"\(form.name)\"",
                at: form.frontMatter.location)
        }
        guard let schemas, let place = site.facts["language"]?.location else { return }
        let missing = schemas.keys.filter { !forms.contains($0) && !mails.contains($0) }.sorted()
        if let first = missing.first {
            let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            problems.report(
                "the program has templates that are missing here: \(names); write forms/\(first).html, "
                    + "or mails/\(first).txt and .html if it is a mail", at: place.file.location(0))
        }
    }
}
