import Foundation
import Hypertext
import SiteBuilder
import Testing

@Suite struct GoldenSiteTests {
    let small = folder.appending(path: "Golden/small")

    func golden(_ path: String) throws -> String {
        try String(contentsOf: small.appending(path: path), encoding: .utf8)
    }

    @Test func `says how much there is`() throws {
        let workspace = try Workspace()
        let summary = try workspace.build(small.appending(path: "site")).run()
        #expect(
            (summary.pages, summary.forms, summary.mails, summary.assets) == (5, 1, 1, 2))
    }

    /// Each folder of `Golden` is a site beside what must become of it.
    @Test(arguments: cases("Golden"))
    func `builds the static files`(name: String) throws {
        let golden = folder.appending(path: "Golden/\(name)")
        let workspace = try Workspace()
        _ = try workspace.build(golden.appending(path: "site")).run()
        let found = try tree(workspace.output)
        let expected = try tree(golden.appending(path: "public"))
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (path, text) in expected {
            #expect(found[path] == text, "\(path)")
        }
    }

    @Test func `compresses what is text and not too short`() throws {
        let workspace = try Workspace()
        _ = try workspace.build(folder.appending(path: "Golden/whole/site")).run()
        let files = try FileManager.default.subpathsOfDirectory(atPath: workspace.output.path)
        let compressed = files.filter { $0.hasSuffix(".gz") }
        #expect(compressed.contains("sitemap.xml.gz"))
        #expect(!compressed.contains("assets.json.gz"))  // of 91 bytes
        for path in compressed {
            let original = workspace.output.appending(path: String(path.dropLast(3)))
            let file = workspace.output.appending(path: path)
            #expect(try output(of: "/bin/gzip", "-dc", file.path) == Data(contentsOf: original))
            // No time stands in it, so that the same page gives the same bytes (RFC 1952 §2.3.1).
            #expect(try Data(contentsOf: file)[4..<8].allSatisfy { $0 == 0 })
        }
    }

    private func output(of program: String, _ arguments: String...) throws -> Data {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }

    @Test func `builds forms that the program can fill`() throws {
        let workspace = try Workspace()
        let schemas = [Schema(of: Greeting.self), Schema(of: Hello.self)]
        _ = try workspace.build(small.appending(path: "site"), schemas: schemas).run()
        let templates = try CompiledTemplates(contentsOfFile: workspace.forms.path)
        try templates.check(forms: [schemas[0]], mails: [schemas[1]])

        let full = Greeting(
            formToken: "t'1", isSignedIn: true, isStale: true, name: "A\"b<",
            home: "https://example.org/?a=1&b", tone: .warm,
            problems: [.init(field: .email, problem: .missing)],
            items: [
                .init(label: "one", sub: [.init(label: "x"), .init(label: "y")]),
                .init(label: "two", sub: []),
            ])
        let english = try templates.render(full, language: "en")
        #expect(try String(decoding: english, as: UTF8.self) == golden("forms/greeting.en.html"))

        let empty = Greeting(
            formToken: "", isSignedIn: false, isStale: false, name: "", home: "", tone: .cool,
            problems: [.init(field: .form, problem: .none)], items: [])
        let german = try templates.render(empty, language: "de")
        #expect(try String(decoding: german, as: UTF8.self) == golden("forms/greeting.de.html"))
    }

    @Test func `builds mails of one line and of several`() throws {
        let workspace = try Workspace()
        _ = try workspace.build(small.appending(path: "site")).run()
        let templates = try CompiledTemplates(contentsOfFile: workspace.forms.path)
        let hello = Hello(
            name: "Ada\nB", count: "3", link: "https://example.org/x", note: "line 1\nline 2")
        let mail = try templates.mail(hello, language: "en")
        #expect(try mail.subject == golden("mails/hello.subject"))
        #expect(try String(decoding: mail.text, as: UTF8.self) == golden("mails/hello.txt"))
        #expect(try String(decoding: mail.html, as: UTF8.self) == golden("mails/hello.html"))
    }

    /// Whatever is typed, the page has the markup that it has for a harmless value.
    @Test(arguments: [
        "<script>alert(1)</script>", "\" autofocus onfocus=alert(1) x=\"", "\"\u{301} x=\"", "'>",
        "</textarea></title><b>", "<!--", "]]>", "&lt;", "&#60;b&#62;", "\u{0}<\u{0}", "`x`",
        "{{name}}",
    ])
    func `no value changes the markup`(hostile: String) throws {
        let workspace = try Workspace()
        let schemas = [Schema(of: Greeting.self), Schema(of: Hello.self)]
        _ = try workspace.build(small.appending(path: "site"), schemas: schemas).run()
        let templates = try CompiledTemplates(contentsOfFile: workspace.forms.path)
        func markup(_ value: String, _ link: String) throws -> [UInt8] {
            let greeting = Greeting(
                formToken: value, isSignedIn: true, isStale: true, name: value, home: link,
                tone: .warm, problems: [.init(field: .email, problem: .wrong)],
                items: [.init(label: value, sub: [.init(label: value)])])
            return try templates.render(greeting, language: "en")
                .filter { "<>\"'".utf8.contains($0) }
        }
        #expect(
            try markup(hostile, "https://example.org/" + hostile)
                == markup("harmless", "https://example.org/"))
    }

    @Test func `gives the same bytes again`() throws {
        let workspaces = try [Workspace(), Workspace()]
        for workspace in workspaces {
            _ = try workspace.build(small.appending(path: "site")).run()
        }
        let files = try workspaces.map { try Data(contentsOf: $0.forms) }
        #expect(files[0] == files[1])
        #expect(try tree(workspaces[0].output) == tree(workspaces[1].output))
    }
}

/// What `Golden/small/site/forms/greeting.html` shows.
struct Greeting: FormTemplate {
    static let name = "greeting"
    static let slots: [Slot<Self>] = [
        .text("form-token") { $0.formToken },
        .flag("signed-in") { $0.isSignedIn },
        .flag("stale") { $0.isStale },
        .text("name") { $0.name },
        .url("home") { $0.home },
        .choice("tone", of: Tone.self) { $0.tone },
        .list("problems", of: Problem.self) { $0.problems },
        .list("items", of: Item.self) { $0.items },
    ]

    enum Tone: String, CaseIterable {
        case cool, warm  // in another order than the template's
    }

    struct Problem: SlotRecord {
        static let slots: [Slot<Self>] = [
            .choice("field", of: Field.self) { $0.field },
            .choice("problem", of: Kind.self) { $0.problem },
        ]

        enum Field: String, CaseIterable {
            case email, form
        }

        enum Kind: String, CaseIterable {
            case none, missing, wrong
        }

        var field: Field
        var problem: Kind
    }

    struct Item: SlotRecord {
        static let slots: [Slot<Self>] = [
            .text("label") { $0.label },
            .list("sub", of: Part.self) { $0.sub },
        ]

        struct Part: SlotRecord {
            static let slots: [Slot<Self>] = [.text("label") { $0.label }]

            var label: String
        }

        var label: String
        var sub: [Part]
    }

    var formToken: String
    var isSignedIn: Bool
    var isStale: Bool
    var name: String
    var home: String
    var tone: Tone
    var problems: [Problem]
    var items: [Item]
}

/// What `Golden/small/site/mails/hello.*` say.
struct Hello: FormTemplate {
    static let name = "hello"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.name },
        .text("count") { $0.count },
        .url("link") { $0.link },
        .text("note") { $0.note },
    ]

    var name: String
    var count: String
    var link: String
    var note: String
}
