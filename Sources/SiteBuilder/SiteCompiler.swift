import Hypertext

/// Compiles a site that has been read: every page, form and mail in every language.
final class SiteCompiler {
    private let site: Site
    private let schemas: [String: Schema]?
    private let problems: Problems
    private let units: Units
    private let cache: PageCache
    private let redirects: Redirects
    private let addresses: [String: SourceAddresses]
    private var index: SiteIndex
    /// The ids of all forms, of which the program's pages are made.
    private var formIDs: Set<String> = []
    /// What forms and mails point at on other pages.
    private var formReferences: [(reference: PageFacts.Reference, form: Template)] = []

    /// Files by path, and what puts them there.
    private var taken: [String: Location?] = [:]

    init(site: Site, schemas: [Schema]?, cache: PageCache, _ problems: Problems) {
        self.site = site
        self.problems = problems
        self.schemas = schemas.map {
            Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        redirects = Redirects(of: site, problems)
        var notices: [String: [[String: String]]] = [:]
        for catalog in site.catalogs {
            notices[catalog.language] = site.notices(in: catalog.language).map(\.record)
        }
        self.cache = cache
        cache.begin(
            PageCache.Premises(site, notices: notices, redirects: redirects.redirects.map(\.path)))
        units = cache.units(notices: notices)
        addresses = site.catalogs.reduce(into: [:]) { addresses, catalog in
            addresses[catalog.language] = SourceAddresses(of: site, for: catalog.language)
        }
        index = SiteIndex(
            paths: site.servedPaths.union(redirects.redirects.map(\.path)),
            routes: Set(site.routes.values))
    }

    /// Compiles everything and notes every problem.
    ///
    /// - Parameter sink: Where the files go as they are made.
    /// - Returns: The form and mail templates.
    /// - Throws: What the sink throws.
    func compile(to sink: some SiteSink) throws(SiteError) -> [CompiledTemplate] {
        for (path, bytes) in site.statics.sorted(by: { $0.key < $1.key }) {
            try put(bytes, at: path, for: nil, sink)
        }
        try compilePages(to: sink)
        StyleguideCheck(of: site).run(problems)
        var templates: [CompiledTemplate] = []
        for form in site.forms {
            templates += compile(form: form)
        }
        for name in site.mailNames {
            templates += compile(mail: name)
        }
        checkFragments()
        checkCompleteness()
        let contrast = Contrast(
            site.assets.filter { $0.key.hasSuffix(".css") }.map(\.value.source), problems)
        contrast.check(site.contrast)
        contrast.check(site.themeContrast, ifGiven: true)
        try putAssets(to: sink)
        try putGenerated(to: sink)
        return templates
    }

    // MARK: - Files

    private func put(
        _ bytes: [UInt8], at path: String, for location: Location?, _ sink: some SiteSink
    ) throws(SiteError) {
        guard claim(path, for: location) else { return }
        try sink.put(bytes, at: path)
    }

    /// Takes a path, unless something else stands there.
    private func claim(_ path: String, for location: Location?) -> Bool {
        if let other = taken[path] {
            let what = other.map(\.file.path) ?? "static/\(path)"
            if let location {
                problems.report("\(what) is in the way of this page", at: location)
            }
            return false
        }
        taken[path] = .some(location)
        return true
    }

    private func putAssets(to sink: some SiteSink) throws(SiteError) {
        var manifest: [String] = []
        for (name, asset) in site.assets.sorted(by: { $0.key < $1.key }) {
            try put(asset.bytes, at: asset.output, for: nil, sink)
            manifest.append("  \(Self.json(name)): \(Self.json(asset.url))")
        }
        let text = manifest.isEmpty ? "{}\n" : "{\n\(manifest.joined(separator: ",\n"))\n}\n"
        try put(Array(text.utf8), at: Site.manifestOutput, for: nil, sink)
    }

    /// What is made of the site as a whole; a file of static/ goes first.
    private func putGenerated(to sink: some SiteSink) throws(SiteError) {
        let sitemap = Sitemap(site: site, address: site.address)
        if let text = sitemap.text {
            try put(Array(text.utf8), at: Sitemap.output, for: nil, sink)
        }
        try put(Array(sitemap.robots.utf8), at: Sitemap.robotsOutput, for: nil, sink)
        if let security = site.securityText {
            if site.statics[SecurityText.output] != nil {
                problems.report(
                    "static/\(SecurityText.output) says the same; keep one of the two",
                    at: security.location)
            }
            try put(Array(security.text.utf8), at: SecurityText.output, for: nil, sink)
        }
        try putFeed(to: sink)
        for redirect in redirects.redirects {
            let html = Redirects.html(
                to: redirect.page, titled: site.title(of: redirect.page), address: site.address)
            try put(Array(html.utf8), at: redirect.output, for: redirect.location, sink)
        }
        try put(Array(redirects.nginx.utf8), at: ".server/nginx.conf", for: nil, sink)
        try put(Array(redirects.apache.utf8), at: ".server/apache.conf", for: nil, sink)
    }

    private func putFeed(to sink: some SiteSink) throws(SiteError) {
        let notices = site.notices(in: site.language)
        guard let first = notices.first else { return }
        guard let address = site.address else {
            problems.report(
                "notices go into a feed, which needs the site's address; say `url:` in site.yml",
                at: first.page.template.frontMatter.location)
            return
        }
        let feed = Feed(site: site, address: address, notices: notices)
        let text = feed.text(content: cache.noticeContent)
        try put(Array(text.utf8), at: Feed.output, for: nil, sink)
    }

    private static func json(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20:
                "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    // MARK: - Pages

    private func compilePages(to sink: some SiteSink) throws(SiteError) {
        let catalogs = Dictionary(
            site.catalogs.map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })
        func compile(_ page: StaticPage) throws(SiteError) {
            guard let catalog = catalogs[page.language],
                claim(page.output, for: page.template.frontMatter.location)
            else { return }
            if cache.isCurrent(page) {
                try sink.keep(page.output)
            } else if let bytes = self.compile(page, in: catalog) {
                try sink.put(bytes, at: page.output)
            }
        }
        let styleguide = site.pages.filter(\.template.isStyleguide)
        for page in styleguide {
            try compile(page)
        }
        if !styleguide.isEmpty {
            index.classes = cache.styleguideClasses
        }
        for page in site.pages where !page.template.isStyleguide {
            try compile(page)
        }
    }

    /// Compiles a page, and notes what others need to know of it.
    private func compile(_ page: StaticPage, in catalog: TextCatalog) -> [UInt8]? {
        let markdown =
            page.template.isMarkdown
            ? addresses[page.language].map { Markdown(of: page.template, $0, problems) } : nil
        let expander = Expander(
            page.template, of: site, in: catalog, slots: .none, page: page, markdown: markdown,
            units: units, problems)
        let (segments, facts) = ContextChecker.check(
            expander.expandTemplate(), of: page.template, in: index, problems)
        let outward = facts.checkReferences(of: page.template, problems)
        cache.note(
            page,
            PageCache.Entry(
                source: page.template.file, ids: Set(facts.anchors.keys), references: outward,
                classes: page.template.isStyleguide ? Set(facts.classes.map(\.name)) : [],
                content: page.isNotice ? markdown?.html : nil))
        return segments.fixedText
    }

    /// Checks the fragments of links from one page to another.
    private func checkFragments() {
        for (url, entry) in cache.entries {
            for reference in entry.references where reference.path != url {
                check(reference, from: entry.source)
            }
        }
        for (reference, form) in formReferences {
            check(reference, from: form.file)
        }
    }

    private func check(_ reference: PageFacts.Reference, from source: SourceFile) {
        let ids: Set<String>
        let message: String
        if let target = cache.entries[reference.path] {
            ids = target.ids
            message = "nothing on \(reference.path) has the id \"\(reference.id)\""
        } else if index.routes.contains(reference.path), !site.forms.isEmpty {
            // Which of its forms the program shows there, is its own business.
            ids = formIDs
            message = "no form has the id \"\(reference.id)\", whichever \(reference.path) shows"
        } else {
            return
        }
        guard !ids.contains(reference.id) else { return }
        problems.report(
            message + suggestion(for: reference.id, among: ids), at: reference.location,
            building: source.path)
    }

    // MARK: - Forms and mails

    private func segments(
        of template: Template, in catalog: TextCatalog, _ slots: TemplateSlots,
        _ used: inout Set<String>
    ) -> [Segment] {
        let expander = Expander(
            template, of: site, in: catalog, slots: slots, units: units, problems)
        let pieces = expander.expandTemplate()
        used.formUnion(expander.used)
        guard template.suffix == ".html" else {
            return PlainText(template: template, isLine: false, problems: problems)
                .segments(pieces)
        }
        let (segments, facts) = ContextChecker.check(pieces, of: template, in: index, problems)
        for reference in facts.checkReferences(of: template, problems) {
            formReferences.append((reference, template))
        }
        if !template.isMail {
            formIDs.formUnion(facts.anchors.keys)
        }
        return segments
    }

    private func compile(form: Template) -> [CompiledTemplate] {
        let slots = slots(of: form)
        var used: Set<String> = []
        let templates = site.catalogs.map { catalog in
            CompiledTemplate(
                name: form.name, language: catalog.language, schema: slots.schema,
                segments: segments(of: form, in: catalog, slots, &used),
                thousands: catalog.thousands)
        }
        slots.checkUse(used, problems)
        return templates
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
                (.text, segments(of: text, in: catalog, slots, &used)),
                (.html, segments(of: html, in: catalog, slots, &used)),
            ]
            for (part, segments) in parts {
                templates.append(
                    CompiledTemplate(
                        name: part.segment(of: name), language: catalog.language,
                        schema: slots.schema, segments: segments, thousands: catalog.thousands))
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
                segments: segments(of: message, in: catalog, slots, &used),
                thousands: catalog.thousands)
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
        let expander = Expander(mail, of: site, in: catalog, slots: slots, units: units, problems)
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
        // A site that has neither is one without accounts.
        guard let schemas, let place = site.facts["language"]?.location,
            !forms.isEmpty || !mails.isEmpty
        else { return }
        let missing = schemas.keys.filter { !forms.contains($0) && !mails.contains($0) }.sorted()
        if let first = missing.first {
            let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            problems.report(
                "the program has templates that are missing here: \(names); write forms/\(first).html, "
                    + "or mails/\(first).txt and .html if it is a mail", at: place.file.location(0))
        }
    }
}
