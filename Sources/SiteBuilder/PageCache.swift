/// What builds of one site after another know of its pages, so that a page whose source has not
/// changed, nor anything else that it is made of, need not be compiled again.
final class PageCache {
    /// Everything besides its own source of which a page is made.
    struct Premises: Equatable {
        private let sources: [SourceFile]
        private let paths: [String]
        private let notices: [String: [[String: String]]]

        init(_ site: Site, notices: [String: [[String: String]]], redirects: [String]) {
            let templates =
                site.layouts.sorted { $0.key < $1.key } + site.components.sorted { $0.key < $1.key }
            let styleguide = site.pages.map(\.template).filter(\.isStyleguide)
            sources = site.premises + templates.map(\.value.file) + styleguide.map(\.file)
            paths = site.servedPaths.sorted() + redirects
            self.notices = notices
        }

        static func == (a: Premises, b: Premises) -> Bool {
            // A file that has not been written again is the same object, see `SourceCache`.
            a.sources.elementsEqual(b.sources) { $0 === $1 } && a.paths == b.paths
                && a.notices == b.notices
        }
    }

    /// What is known of a page.
    struct Entry {
        let source: SourceFile
        let ids: Set<String>
        /// What it points at on other pages.
        let references: [PageFacts.Reference]
        /// The classes it uses, if it belongs to the styleguide.
        let classes: Set<String>
        /// Its HTML without the layout, if it is a notice.
        let content: [UInt8]?
    }

    /// By address.
    private(set) var entries: [String: Entry] = [:]
    private var premises: Premises?
    private var keptUnits: Units?
    private var current: Set<String> = []
    /// The pages that this build compiled.
    private var fresh: Set<String> = []

    /// Begins a build; what was made of other premises is forgotten.
    func begin(_ premises: Premises) {
        if premises != self.premises {
            entries = [:]
            current = []
            keptUnits = nil
        }
        self.premises = premises
    }

    /// The components that are the same in all templates.
    func units(notices: [String: [[String: String]]]) -> Units {
        let units = keptUnits ?? Units(notices: notices)
        keptUnits = units
        return units
    }

    /// Tells whether the page would come to what it was.
    func isCurrent(_ page: StaticPage) -> Bool {
        current.contains(page.url) && entries[page.url]?.source === page.template.file
    }

    /// Notes what a page came to.
    func note(_ page: StaticPage, _ entry: Entry) {
        entries[page.url] = entry
        current.insert(page.url)
        fresh.insert(page.url)
    }

    /// Keeps what a build that was published has compiled.
    func endBuild() {
        fresh = []
    }

    /// Forgets what a build has compiled that was not published.
    ///
    /// The problems of a component are reported when it is expanded, so it is expanded again.
    func forgetBuild() {
        current.subtract(fresh)
        fresh = []
        keptUnits = nil
    }

    /// The classes that the styleguide shows.
    var styleguideClasses: Set<String> {
        entries.values.reduce(into: []) { $0.formUnion($1.classes) }
    }

    /// The HTML of each notice, by its address.
    var noticeContent: [String: [UInt8]] { entries.compactMapValues(\.content) }
}
