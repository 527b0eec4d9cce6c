package import Hypertext

/// Turns a site's directory into static pages and compiled templates.
package struct SiteBuild {
    /// The site's directory.
    package let site: String
    /// The directory that web servers serve; it is replaced as a whole.
    package let output: String
    /// The file of compiled templates.
    package let forms: String
    /// What the program fills, one schema for each form and mail; `nil` takes the templates at
    /// their word.
    package let schemas: [Schema]?
    /// The program's routes: paths by name.
    package let routes: [String: String]

    /// What a build has made.
    package struct Summary: Sendable, Equatable {
        package let pages: Int
        package let forms: Int
        package let mails: Int
        package let assets: Int
    }

    /// Describes a build.
    package init(
        site: String, output: String, forms: String, schemas: [Schema]?, routes: [String: String]
    ) {
        self.site = site
        self.output = output
        self.forms = forms
        self.schemas = schemas
        self.routes = routes
    }

    /// Builds and publishes; if anything is wrong, nothing on disk changes.
    ///
    /// - Returns: How much there is.
    /// - Throws: `SiteError`, whose `problems` case holds everything that is wrong with the site.
    package func run() throws(SiteError) -> Summary {
        let problems = Problems()
        let site = try SiteReader.read(site, routes: routes, problems)
        let compiler = SiteCompiler(site: site, schemas: schemas, problems)
        let compiled = compiler.compile()
        guard problems.isEmpty else {
            throw .problems(problems.sorted.map(\.description))
        }
        let publisher = try Publisher(output: output)
        let templates = TemplateWriter.file(of: compiled.templates)
        try publisher.publish(compiled.files, templates: templates, at: forms)
        return Summary(
            pages: site.pages.count, forms: site.forms.count, mails: site.mailNames.count,
            assets: site.assets.count)
    }
}

/// Why a site was not built.
package enum SiteError: Error, Equatable {
    /// There is no site at the path.
    case noSite(path: String)
    /// A file of the site cannot be read.
    case unreadable(path: String)
    /// What is wrong with the site, each with its place and line.
    case problems([String])
    /// The output's place holds something that no build has written.
    case occupied(path: String)
    /// The output cannot be written.
    case unwritable(path: String, reason: String)
}
