import Foundation
import Hypertext

/// A page with a slot of each type, as in `Vectors/every-operation.py`.
struct Greeting: FormTemplate {
    static let name = "greeting"
    static let slots: [Slot<Self>] = [
        .text("name") { $0.name },
        .url("home") { $0.home },
        .flag("signed-in") { $0.isSignedIn },
        .choice("tone", of: Tone.self) { $0.tone },
        .list("items", of: Item.self) { $0.items },
        .count("seeds") { $0.seeds },
        .message("season") { $0.season },
    ]

    enum Tone: String, CaseIterable {
        case warm, cool
    }

    struct Item: SlotRecord {
        static let slots: [Slot<Self>] = [
            .text("label") { $0.label },
            .url("link") { $0.link },
        ]

        var label: String
        var link: String
    }

    var name = "Ada"
    var home = "https://example.org/"
    var isSignedIn = false
    var tone = Tone.warm
    var items: [Item] = []
    var seeds = 0
    var season: Season?
}

/// What a page says by a template of its own.
struct Season: FormTemplate {
    static let name = "season"
    static let slots: [Slot<Self>] = [.choice("month", of: Month.self) { $0.month }]

    enum Month: String, CaseIterable {
        case may, june
    }

    var month: Month
}

/// The same page after a slot was renamed.
struct RenamedGreeting: FormTemplate {
    static let name = Greeting.name
    static let slots: [Slot<Self>] = [.text("full-name") { _ in "" }]
}

/// The file of compiled templates that another program wrote.
let everyOperation: [UInt8] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Vectors/every-operation.hex")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        .flatMap { $0.split(separator: " ") }.compactMap { UInt8($0, radix: 16) }
}()

/// Opens compiled templates with the given bytes, and checks them all.
func templates(_ bytes: [UInt8]) throws -> CompiledTemplates {
    let templates = try unverifiedTemplates(bytes)
    try templates.verify()
    return templates
}

/// Opens compiled templates with the given bytes, as a program does that shows one page.
func unverifiedTemplates(_ bytes: [UInt8]) throws -> CompiledTemplates {
    let file = FileManager.default.temporaryDirectory
        .appending(path: "templates-\(UUID().uuidString).seg")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try CompiledTemplates(contentsOfFile: file.path)
}
