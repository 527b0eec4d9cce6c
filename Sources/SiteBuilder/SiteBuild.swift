package import Hypertext

/// Turns a site's directory into static pages and compiled templates.
package struct SiteBuild: Sendable {
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
    /// The day on which the site is built; nothing else here looks at a clock.
    package let date: Day
    /// Whether pages that say `draft: yes` are built.
    package let showsDrafts: Bool

    /// Whether each file of text is written compressed too.
    package let compresses: Bool

    /// What a build has made.
    package struct Summary: Sendable, Equatable {
        package let pages: Int
        package let forms: Int
        package let mails: Int
        package let assets: Int
    }

    /// Describes a build.
    package init(
        site: String, output: String, forms: String, schemas: [Schema]?, routes: [String: String],
        date: Day, showsDrafts: Bool = false, compresses: Bool = true
    ) {
        self.site = site
        self.output = output
        self.forms = forms
        self.schemas = schemas
        self.routes = routes
        self.date = date
        self.showsDrafts = showsDrafts
        self.compresses = compresses
    }

    /// The directories of which the site is made: its own, and that of its theme.
    package var sources: [String] {
        [site] + [SiteReader.themeDirectory(of: site)].compactMap(\.self)
    }

    /// Builds and publishes; if anything is wrong, nothing on disk changes.
    ///
    /// - Returns: How much there is.
    /// - Throws: `SiteError`, whose `problems` case holds everything that is wrong with the site.
    package func run() throws(SiteError) -> Summary {
        try SiteSession(self, isLasting: false).run()
    }
}

/// Builds of one site, each of which does what has changed since the one before.
package final class SiteSession {
    private let build: SiteBuild
    private let isLasting: Bool
    private let sources = SourceCache()
    private let pages = PageCache()
    private var publisher: Publisher?

    /// Begins with nothing known of the site.
    package convenience init(_ build: SiteBuild) {
        self.init(build, isLasting: true)
    }

    fileprivate init(_ build: SiteBuild, isLasting: Bool) {
        self.build = build
        self.isLasting = isLasting
    }

    /// Builds and publishes; if anything is wrong, nothing on disk changes.
    ///
    /// - Returns: How much there is.
    /// - Throws: `SiteError`, as `SiteBuild.run` does.
    package func run() throws(SiteError) -> SiteBuild.Summary {
        let problems = Problems()
        let premises = SiteReader.Premises(
            routes: build.routes, date: build.date, showsDrafts: build.showsDrafts)
        let site = try SiteReader.read(build.site, premises, cache: sources, problems)
        let publisher: Publisher
        if let known = self.publisher {
            publisher = known
        } else {
            publisher = try Publisher(
                output: build.output, isLasting: isLasting, compresses: build.compresses)
            self.publisher = publisher
        }
        do throws(SiteError) {
            let compiler = SiteCompiler(
                site: site, schemas: build.schemas, cache: pages, problems)
            try publisher.begin()
            let templates = try compiler.compile(to: publisher)
            guard problems.isEmpty else {
                throw .problems(problems.sorted.map(\.description))
            }
            try publisher.publish(
                templates: templates.isEmpty ? nil : TemplateWriter.file(of: templates),
                at: build.forms)
        } catch {
            pages.forgetBuild()
            throw error
        }
        pages.endBuild()
        return SiteBuild.Summary(
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
