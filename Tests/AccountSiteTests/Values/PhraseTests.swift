import Accounts
import Foundation
import Hypertext
import Testing

@testable import AccountSite

@Suite struct PhraseTests {
    let templates: CompiledTemplates

    init() throws {
        templates = try TestSite().world.templates
    }

    func words(_ phrase: some FormTemplate, _ language: String = "en") throws -> String {
        try templates.message(phrase, language: language)
    }

    @Test(arguments: [
        (0, "1 second"), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"),
        (3600, "1 hour"), (3601, "2 hours"), (86_400, "24 hours"),
    ])
    func `says a wait that is never too short`(seconds: Int64, wait: String) throws {
        #expect(try words(WaitPhrase(seconds)) == wait)
    }

    @Test func `says when something was, seen from now`() throws {
        let now = Timestamp(seconds: 1_795_262_400)  // 2026-11-21T12:00:00Z
        func moment(_ moment: Timestamp) throws -> String {
            try words(MomentPhrase(moment, seenAt: now))
        }
        #expect(try moment(now) == "today at 12:00 UTC")
        #expect(try moment(now - 43_201) == "yesterday at 23:59 UTC")
        #expect(try moment(now - 2 * 86_400) == "19 November 2026 at 12:00 UTC")
        #expect(try moment(now + 86_400) == "22 November 2026 at 12:00 UTC")
        #expect(try words(MomentPhrase(now)) == "21 November 2026 at 12:00 UTC")
    }

    /// Days by another program; see `Vectors/days.py`.
    static let days: [(language: String, day: String, words: String)] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/days.txt")
        let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
        return lines.map { line in
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            return (parts[0], parts[1], parts[2])
        }
    }()

    @Test func `says days as each language does`() throws {
        #expect(Self.days.count == 4 * 12)
        for (language, day, words) in Self.days {
            let moment = try #require(Timestamp(text: "\(day)T12:00:00Z"))
            #expect(try self.words(DayPhrase(moment), language) == words)
        }
    }

    @Test(arguments: [
        ("en", "1 second", "2 minutes", "today at 12:00 UTC", "1 May 2026 at 07:05 UTC"),
        ("de", "1 Sekunde", "2 Minuten", "heute um 12:00 UTC", "1. Mai 2026 um 07:05 UTC"),
        ("fr", "1 seconde", "2 minutes", "aujourd’hui à 12:00 UTC", "1er mai 2026 à 07:05 UTC"),
        (
            "es", "1 segundo", "2 minutos", "hoy a las 12:00 UTC",
            "1 de mayo de 2026 a las 07:05 UTC"
        ),
    ])
    func `says waits and moments as each language does`(
        language: String, second: String, minutes: String, today: String, full: String
    ) throws {
        let noon = Timestamp(seconds: 1_795_262_400)
        #expect(try words(WaitPhrase(1), language) == second)
        #expect(try words(WaitPhrase(120), language) == minutes)
        #expect(try words(MomentPhrase(noon, seenAt: noon), language) == today)
        let may = try #require(Timestamp(text: "2026-05-01T07:05:09Z"))
        #expect(try words(MomentPhrase(may), language) == full)
    }

    // What is kept of a visitor is English, and was before there were other languages.
    @Test(arguments: [
        ("Firefox on Linux", "Firefox unter Linux"), ("Lynx", "Lynx"),
        ("Samsung Internet on Android", "Samsung Internet unter Android"),
        ("a browser on Android", "ein Browser unter Android"),
        ("an unknown browser", "ein unbekannter Browser"),
    ])
    func `says which browser it was`(kept: String, german: String) throws {
        let visitor = Visitor(network: "192.0.2.7", browser: kept)
        #expect(try words(BrowserPhrase(visitor)) == kept)
        #expect(try words(BrowserPhrase(visitor), "de") == german)
    }

    @Test func `calls the operator by no browser`() throws {
        #expect(
            try words(BrowserPhrase(Operator.visitor)) == "the people who look after this site")
    }
}
