import Accounts
import ArgumentParser
import Hypertext
import Preview
import SiteBuilder

/// A site that is being written, as the preview shows it.
final class PreviewDraft {
    private let source: String
    private let output: String
    private let forms: String
    private let description: SiteBuild
    private let session: SiteSession
    private var previews: PreviewPages?
    private var problems: [String] = []

    /// Begins with nothing built.
    ///
    /// - Parameters:
    ///   - source: The site's directory.
    ///   - place: The directory into which it is built.
    ///   - showsDrafts: Whether pages that say `draft: yes` are shown.
    init(of source: String, in place: String, showingDrafts showsDrafts: Bool) {
        self.source = source
        output = place + "/public"
        forms = place + "/forms.seg"
        description = SiteBuild(
            site: source, output: output, forms: forms, schemas: Program.schemas,
            routes: Program.routes, date: .today, showsDrafts: showsDrafts, compresses: false)
        session = SiteSession(description)
    }

    /// Builds what has changed, and says what is wrong with it.
    ///
    /// - Throws: `ExitCode` if no change to the site can mend it.
    func build() throws {
        do {
            _ = try session.run()
            previews = PreviewPages(
                try CompiledTemplates(contentsOfFile: forms), schemas: Program.schemas)
            problems = []
        } catch let error as SiteError {
            let code = error.complain(about: source)
            guard error.mayPass else { throw code }
            problems = error.problems
        }
    }

    /// The directories of which the site is made.
    var sources: [String] { description.sources }

    /// Whether the site is as it should be.
    var isSound: Bool { problems.isEmpty }

    /// What is shown now.
    var site: PreviewSite {
        PreviewSite(
            output: output, previews: previews, problems: problems, routes: Program.routes)
    }
}

extension SiteError {
    /// What a page can say of it.
    fileprivate var problems: [String] {
        switch self {
        case .problems(let problems): problems
        case .unreadable(let path): ["\(path): cannot be read"]
        case .noSite, .occupied, .unwritable: []
        }
    }
}
