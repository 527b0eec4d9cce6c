import Accounts
import ArgumentParser
import Glibc
import SiteBuilder

/// `postern build`: the site's directory to static pages and compiled templates.
struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Build the static pages and the form templates from a site's directory.",
        discussion: """
            Everything wrong with the site is reported in one run, each with its file, line and \
            column, and then nothing is written. A finished site takes the place of the one before \
            in one step.

            Example:
              postern build site --output /srv/www --forms /srv/forms.seg
            """)

    @Argument(help: "The site's directory.", completion: .directory)
    var site = "site"

    @Option(help: "The directory for the web server; it is replaced as a whole.")
    var output = "public"

    @Option(help: "The file of compiled templates for the account program.")
    var forms = "forms.seg"

    @Flag(help: "Go on until a signal ends it, and build again whenever a file changes.")
    var watch = false

    @Flag(help: "Build also the pages that say `draft: yes`.")
    var drafts = false

    @Flag(
        inversion: .prefixedNo,
        help: "Write each file of text compressed too, as nginx's gzip_static wants it.")
    var compress = true

    @Option(
        help: ArgumentHelp(
            "The day of the build, as 2026-11-28, instead of today.",
            discussion: "The same site on the same day gives the same bytes.", valueName: "day"),
        transform: day)
    var date = Day.today

    func run() throws {
        let build = SiteBuild(
            site: site, output: output, forms: forms, schemas: Program.schemas,
            routes: Program.routes, date: date, showsDrafts: drafts,
            compresses: compress)
        guard watch else {
            do throws(SiteError) {
                tell(try build.run())
            } catch {
                throw error.complain(about: site)
            }
            return
        }
        try keepBuilding(build)
    }

    /// Builds, and again after each change; what was published last stays if something is wrong.
    private func keepBuilding(_ build: SiteBuild) throws {
        let signals = Signals([SIGTERM, SIGINT, SIGHUP])
        guard let changes = DirectoryWatch(build.sources) else {
            Complaint("\(site): cannot be watched").print()
            throw ExitCode(EX_OSERR)
        }
        let session = SiteSession(build)
        repeat {
            do throws(SiteError) {
                tell(try session.run())
            } catch {
                let code = error.complain(about: site)
                guard error.mayPass else { throw code }
            }
            while !changes.wait(milliseconds: 200), !signals.hasCome() {}
        } while !signals.hasCome()
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("'\(text)' is no day, as 2026-11-28")
        }
        return day
    }

    /// Says how much there is, where somebody looks on.
    private func tell(_ summary: SiteBuild.Summary) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        say(
            "\(output): \(summary.pages) pages, \(summary.assets) assets; "
                + "\(forms): \(summary.forms) forms, \(summary.mails) mails")
    }
}
