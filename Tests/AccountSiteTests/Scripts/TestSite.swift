import AccountFiles
import AccountSite
import Accounts
import BreachedPasswords
import Cryptography
import Foundation
import HTTP
import Hypertext
import SiteBuilder

/// A site of its own for one script: a data directory, a clock that the script moves, the messages
/// that would have been sent, and the lines that would stand in the log.
final class TestSite {
    private let directory: URL
    private let clock = Clock()
    private let outbox = Outbox()
    private let leak = Leak()
    /// What the pages can reach; a test may put something in the way of it.
    var world: World

    private final class Clock {
        var now = Timestamp(seconds: 1_795_000_000)
    }

    private final class Outbox {
        var letters: [Letter] = []
        var texts: [TextMessage] = []
        var log: [LogEntry] = []
        var statistics: [PasswordStatistic] = []
    }

    private final class Leak {
        var exposures: [String: Exposure] = [:]
    }

    /// How often passwords were seen in breaches; the others were not.
    var exposures: [String: Exposure] {
        get { leak.exposures }
        set { leak.exposures = newValue }
    }

    /// What the statistics say so far.
    var statistics: [String] { outbox.statistics.map(\.line) }

    /// The text messages that were sent so far.
    var texts: [TextMessage] { outbox.texts }

    /// The time.
    var now: Timestamp { clock.now }

    /// What was logged so far.
    var log: [String] { outbox.log.map(\.line) }

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "postern-script-\(UUID().uuidString)")
        let data = directory.appending(path: "data").path
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try AccountDirectory.create(path: data)
        let cheap = ScryptParameters(ln: 4, r: 8, p: 1) ?? .standard
        let hasher = PasswordHasher(peppers: .generated(at: 0), parameters: cheap)
        let (clock, outbox, leak) = (clock, outbox, leak)
        world = World(
            configuration: try Self.configuration(forms: Self.templates),
            store: try AccountDirectory(
                path: data, namesKey: AuthenticationKey(randomBytes(count: 32))),
            templates: try CompiledTemplates(contentsOfFile: Self.templates),
            keys: .generated(at: 0), factorKeys: .generated(at: 0),
            now: { clock.now },
            randomBytes: { randomBytes(count: $0) },
            hash: { try hasher.hash($0, salt: randomBytes(count: PasswordHash.saltByteCount)) },
            verifies: { try hasher.verifies($0, against: $1) },
            needsRehash: { hasher.needsRehash($0) },
            decoy: hasher.decoy,
            exposure: { leak.exposures[$0.plainText] ?? .unseen },
            count: { outbox.statistics.append($0) },
            send: { outbox.letters.append($0) },
            sendText: { text, _ in outbox.texts.append(text) },
            log: { outbox.log.append($0) })
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    func advance(seconds: Int64) {
        clock.now = clock.now + seconds
    }

    /// The messages to an address that no script has read.
    func letters(to address: String) -> [Letter] {
        outbox.letters.filter { $0.to.text == address }
    }

    /// Reads the only message to an address.
    func takeLetter(to address: String) throws -> Letter {
        let letters = letters(to: address)
        guard letters.count == 1 else {
            throw ScriptError(description: "\(letters.count) messages to \(address)")
        }
        outbox.letters.removeAll { $0.to.text == address }
        return letters[0]
    }

    /// Answers a request as a web server would hand it over.
    func answer(
        _ request: ScriptRequest, fields: [String: String], body: String, from address: String
    ) -> Response {
        var entries = [
            "REQUEST_METHOD=\(request.method)", "SCRIPT_NAME=\(request.path)",
            "QUERY_STRING=\(request.query)", "REMOTE_ADDR=\(address)",
        ]
        for (name, value) in fields {
            let variable = name.uppercased().replacing("-", with: "_")
            // The two are no fields to a web server, and the second is none at all.
            let isBare = ["content-type", "gate-uri"].contains(name)
            entries.append(isBare ? "\(variable)=\(value)" : "HTTP_\(variable)=\(value)")
        }
        let request = Result { () throws(RequestError) in
            try Request(
                metaVariables: MetaVariables(entries: entries.map { Array($0.utf8) }),
                body: Array(body.utf8))
        }
        return Pages.answer(request, in: world)
    }

    /// The demo site's templates, compiled once.
    private static let templates = compile(schemas: Pages.schemas)

    /// Compiles the demo site.
    ///
    /// - Parameters:
    ///   - schemas: What the program fills.
    ///   - change: Is done to a copy of the site first.
    /// - Returns: The path of the compiled templates.
    static func compile(
        schemas: [Schema], after change: (URL) throws -> Void = { _ in }
    ) -> String {
        let output = FileManager.default.temporaryDirectory
            .appending(path: "postern-templates-\(UUID().uuidString)")
        let site = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "site")
        let forms = output.appending(path: "forms.seg").path
        let copy = output.appending(path: "site")
        let build = SiteBuild(
            site: copy.path, output: output.appending(path: "public").path, forms: forms,
            schemas: schemas, routes: Route.paths, date: Day(number: 20_786))
        do {
            try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: site, to: copy)
            try change(copy)
            _ = try build.run()
        } catch {
            fatalError("the demo site does not build: \(error)")
        }
        return forms
    }

    private static func configuration(forms: String) throws -> Configuration {
        try Configuration(
            text: """
                url http://localhost:8080
                name Millbrook Seed Library
                forms \(forms)
                mail-from accountsecurity@example.org
                mail maildir mail
                breached-filter breached.filter
                """)
    }
}
