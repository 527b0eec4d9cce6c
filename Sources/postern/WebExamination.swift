import Accounts
import Installation

/// A look at a site from outside, as `postern doctor` takes it: what its web server does, and whether
/// it hands out what nobody may see (A64).
struct WebExamination {
    private let probe: SiteProbe
    private let data: DataDirectory
    private let configuration: Configuration

    init(of data: DataDirectory, _ configuration: Configuration) {
        self.data = data
        self.configuration = configuration
        probe = SiteProbe(
            site: configuration.siteURL, certificates: configuration.breaches.certificates)
    }

    /// Finds what is wrong.
    ///
    /// - Throws: `DownloadError` if curl cannot be run.
    func defects() throws -> [Defect] {
        let signIn = try ask("/account/sign-in")
        guard signIn.complaint.isEmpty, signIn.status != 0 else {
            return [
                Defect(
                    "\(probe.site.origin): there is no answer: \(signIn.complaint)",
                    remedy: "start the web server, or leave it out with --offline")
            ]
        }
        guard signIn.status == 200 else {
            return [
                Defect(
                    "\(url("/account/sign-in")): the status is \(signIn.status)",
                    remedy: "see that 'account' runs, and that the web server hands it /account/")
            ] + (try leaks())
        }
        return fields(of: signIn) + (try pages()) + (try leaks()) + (try forgery())
    }

    // MARK: - Behaviour

    /// Looks whether what `account` says of its pages arrives (S34, A49, A50).
    private func fields(of page: SiteProbe.Answer) -> [Defect] {
        let place = url("/account/sign-in")
        let remedy = "let the web server pass on what 'account' answers, as it is"
        var defects: [Defect] = []
        if !page.field("content-security-policy").hasPrefix("default-src 'none'") {
            defects.append(
                Defect("\(place): its Content-Security-Policy does not arrive", remedy: remedy))
        }
        if !page.field("cache-control").contains("no-store") {
            defects.append(
                Defect("\(place): its 'Cache-Control: no-store' does not arrive", remedy: remedy))
        }
        if page.field("x-content-type-options") != "nosniff" {
            defects.append(
                Defect(
                    "\(place): its 'X-Content-Type-Options: nosniff' does not arrive",
                    remedy: remedy
                ))
        }
        if probe.site.origin.hasPrefix("https:"), !staticPagesAreStrict {
            defects.append(
                Defect(
                    "\(probe.site.origin): there is no Strict-Transport-Security",
                    remedy: "add it as the examples in hosting/ do"))
        }
        return defects
    }

    private var staticPagesAreStrict: Bool {
        (try? ask("/"))?.field("strict-transport-security").isEmpty == false
    }

    /// Looks whether paths lead where they should.
    private func pages() throws -> [Defect] {
        var defects: [Defect] = []
        let check = try ask("/account/check")
        if check.status != 401 {
            defects.append(
                Defect(
                    "\(url("/account/check")): the status is \(check.status) and not 401",
                    remedy: "see docs/gate.md; whoever is not signed in may get past the gate"))
        }
        let change = try ask("/.well-known/change-password")
        if !(300..<400).contains(change.status)
            || !change.field("location").hasSuffix("/account/password")
        {
            defects.append(
                Defect(
                    "\(url("/.well-known/change-password")): it does not lead to /account/password",
                    remedy: "add the redirection as the examples in hosting/ do"))
        }
        return defects
    }

    // MARK: - Leaks

    /// Asks for files of the data directory and of its surroundings.
    ///
    /// Where a document root is above the data directory or the templates, they lie below some of the
    /// directories on the way to them.
    private func leaks() throws -> [Defect] {
        let nowhere = try ask(Self.nowhere)
        guard !nowhere.isThere else {
            return [
                Defect(
                    "\(url(Self.nowhere)): the status is \(nowhere.status), and nothing is there",
                    remedy: "answer 404; till then nobody can tell what the server hands out")
            ]
        }
        let files = [
            "\(data.path)/postern.conf", "\(data.path)/keys/ring", configuration.forms,
        ]
        let paths =
            files.flatMap(Self.suffixes)
            + ["/.git/HEAD", "/.git/config", "/.env", "/.server/nginx.conf", "/postern.conf~"]
        let answers = try probe.ask(paths.map { SiteProbe.Question(path: $0) })
        return zip(paths, answers).filter { $1.isThere }.map { path, _ in
            Defect(
                "\(url(path)): everybody can read it",
                remedy: "move what is secret out of the document root, and let the web server hand "
                    + "out no name that begins with a dot")
        }
    }

    /// What browsers ask for to see whether a server can say that something is missing
    /// (W3C, A Well-Known URL for Detecting the Reliability of HTTP Status Codes).
    private static let nowhere =
        "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"

    /// The ways to a file from each directory above it, percent-encoded: `/c`, `/b/c`, `/a/b/c`.
    private static func suffixes(of path: String) -> [String] {
        let parts = path.split(separator: "/").map { String($0).percentEncoded }
        return parts.indices.reversed().map { "/" + parts[$0...].joined(separator: "/") }
    }

    // MARK: - Whose address is believed

    /// Asks with a forged header, and looks in the log where that seemed to come from (S12).
    private func forgery() throws -> [Defect] {
        // TEST-NET-3, from which nobody comes (RFC 5737).
        let forged = "203.0.113.77"
        var log = data.log.reader()
        try log.skipToEnd()
        _ = try probe.ask([
            SiteProbe.Question(
                path: "/account/verify?token=postern-doctor", header: "X-Forwarded-For: \(forged)")
        ])
        guard try log.lines().lazy.compactMap(LogLine.init).contains(where: { $0["ip"] == forged })
        else { return [] }
        return [
            Defect(
                "\(data.path)/postern.conf: anybody can say in X-Forwarded-For who they are",
                remedy: "set 'trusted-proxies' to the number of proxies in front of the web server")
        ]
    }

    // MARK: - Asking

    private func ask(_ path: String) throws -> SiteProbe.Answer {
        try probe.ask([SiteProbe.Question(path: path)])[0]
    }

    private func url(_ path: String) -> String { probe.site.origin + path }
}

extension SiteProbe.Answer {
    /// Whether what was asked for was handed out.
    fileprivate var isThere: Bool { (200..<300).contains(status) }
}
