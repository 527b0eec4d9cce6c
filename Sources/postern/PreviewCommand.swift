import ArgumentParser
import Foundation
import Glibc
import Preview
import SiteBuilder

/// `postern preview`: every page in every state, in a browser, while the site is being written.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show every page of a site in every state, from sample data.",
        discussion: """
            The site is built into a directory that is gone afterwards, and served to the browsers of \
            this machine alone. One page lists everything: the static pages, each form when it is \
            empty and with each thing that can be wrong, and the mails, in each language. When a file \
            changes, the site is built again; reload the page to see it. What is wrong with the site \
            is said here and in the browser.

            Example:
              postern preview site --port 8081
            """)

    @Argument(help: "The site's directory.", completion: .directory)
    var site = "site"

    @Option(help: "The port on which to listen; 0 takes one that is free.")
    var port: UInt16 = 8081

    @Flag(help: "Show also the pages that say `draft: yes`.")
    var drafts = false

    @Flag(help: "Print the path of everything that there is to see, one a line, and end.")
    var list = false

    func run() throws {
        let signals = Signals([SIGTERM, SIGINT, SIGHUP])
        let place = FileManager.default.temporaryDirectory
            .appending(path: "postern-preview-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: place, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: place) }

        let draft = PreviewDraft(of: site, in: place.path, showingDrafts: drafts)
        guard !list else {
            try draft.build()
            guard draft.isSound else { throw ExitCode.failure }
            return draft.site.paths.forEach { print($0) }
        }
        try serve(draft, until: signals)
    }

    private func serve(_ draft: PreviewDraft, until signals: Signals) throws {
        guard let changes = DirectoryWatch(draft.sources) else {
            Complaint("\(site): cannot be watched").print()
            throw ExitCode(EX_OSERR)
        }
        try draft.build()
        let server: LoopbackServer
        do throws(LoopbackError) {
            server = try LoopbackServer(port: port)
        } catch {
            Complaint(
                "port \(port): \(error.reason)", hint: "name another: postern preview --port 8082"
            ).print()
            throw ExitCode(EX_UNAVAILABLE)
        }
        print("ready http://localhost:\(server.port)/preview/")
        fflush(nil)
        while !signals.hasCome() {
            if changes.wait(milliseconds: 0) { try draft.build() }
            try server.serve(milliseconds: 200) { request in
                // Whoever saves and reloads at once sees what they saved.
                if changes.wait(milliseconds: 0) { try draft.build() }
                return draft.site.respond(to: request)
            }
        }
    }
}
