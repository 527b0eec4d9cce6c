import AccountSite
import Hypertext
import Testing

@testable import Preview

@Suite struct StateTests {
    @Test func `every form, mail and message of the program is shown`() {
        let shown = Set(DemoSite.previews.subjects.map(\.name))
        #expect(Pages.schemas.filter { !shown.contains($0.name) }.map(\.name) == [])
    }

    @Test(arguments: DemoSite.previews.subjects.map(\.name))
    func `each flag, case and row of a page is shown, and each thing that may be empty is once`(
        name: String
    ) throws {
        let subject = try #require(DemoSite.previews.subjects.first { $0.name == name })
        let contents = subject.states.map(\.content)
        for slot in subject.schema.slots {
            let shown = contents.map { $0[slot.name] }
            switch slot.type {
            case .text, .url:
                #expect(shown.contains { $0 != nil && $0 != .text("") }, "\(slot.name)")
            case .count:
                #expect(shown.contains(.count(1)), "\(slot.name)")
                #expect(shown.contains { ![nil, .count(0), .count(1)].contains($0) })
            case .flag:
                #expect(shown.contains(.flag(true)), "\(slot.name)")
                #expect(
                    shown.contains { $0 != .flag(true) }
                        || slot.name == "signed-in" && Samples.membersPages.contains(name))
            case .choice(let cases):
                for item in cases {
                    #expect(shown.contains(.choice(item)), "\(slot.name) \(item)")
                }
            case .list(let slots):
                expectAllCases(of: slots, in: shown)
            }
        }
    }

    private func expectAllCases(of slots: [SlotDeclaration], in lists: [SlotContent?]) {
        let rows = lists.flatMap { content -> [[String: SlotContent]] in
            guard case .list(let rows) = content else { return [] }
            return rows
        }
        for slot in slots {
            guard case .choice(let cases) = slot.type else { continue }
            for item in cases {
                #expect(rows.contains { $0[slot.name] == .choice(item) }, "\(slot.name) \(item)")
            }
        }
    }

    // A state whose slots are not seen would look like another.
    @Test(arguments: DemoSite.previews.subjects.map(\.name))
    func `no two states of a page look the same`(name: String) throws {
        let subject = try #require(DemoSite.previews.subjects.first { $0.name == name })
        var known: [[UInt8]: String] = [:]
        let addresses = DemoSite.previews.addresses(of: subject, in: "en").filter {
            // What a person wrote is not seen on every page.
            $0.state != "right-to-left" && ($0.part != .text || subject.kind == .message)
        }
        for address in addresses {
            let rendered = try #require(try DemoSite.previews.render(address.path))
            if let other = known.updateValue(address.path, forKey: rendered.bytes) {
                Issue.record("\(address.path) looks like \(other)")
            }
        }
    }

    @Test func `states come from the slots`() {
        let schema = Schema(
            name: "sign-in",
            slots: [
                SlotDeclaration("signed-in", .flag), SlotDeclaration("email", .text),
                SlotDeclaration("greeting", .text), SlotDeclaration("wait", .text),
                SlotDeclaration("notice", .choice(["none", "verified", "reset"])),
                SlotDeclaration(
                    "problems",
                    .list([
                        SlotDeclaration("field", .choice(["email", "form"])),
                        SlotDeclaration("problem", .choice(["email-missing", "throttled"])),
                    ])),
            ])
        let states = StateFinder(
            schema, asked: ["wait", "problems"], phrases: SamplePhrases([])
        ).states
        #expect(
            states.map(\.name) == [
                "plain", "signed-in", "email", "notice-verified", "notice-reset",
                "problem-email-missing", "problem-throttled", "several-problems", "long",
                "right-to-left",
            ])
        #expect(
            states[0].content == [
                "greeting": .text("greeting"), "notice": .choice("none"),
            ])
        #expect(
            states[6].content == [
                "greeting": .text("greeting"), "notice": .choice("none"),
                "email": .text("rowan.ash@example.org"), "wait": .text("wait"),
                "problems": .list([["field": .choice("form"), "problem": .choice("throttled")]]),
            ])
    }

    @Test func `dates and counts are in the language of the page`() throws {
        for (language, words) in [("en", "3 March 2026"), ("de", "3. März 2026")] {
            let page = try #require(
                try DemoSite.previews.render("/preview/\(language)/account/plain"))
            #expect(String(decoding: page.bytes, as: UTF8.self).contains(words), "\(language)")
        }
    }

    @Test func `a mirrored page says so once`() throws {
        let page = try #require(try DemoSite.previews.render("/preview/mirrored/sign-in/plain"))
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(text.hasPrefix("<!doctype html>\n<html dir=\"rtl\" lang=\"en\">\n"))
    }

    @Test(arguments: [
        "/preview/en/sign-in", "/preview/en/sign-in/plain/", "/preview/xx/sign-in/plain",
        "/preview/en/sign-in/plain.html", "/preview/en/verify-mail/plain",
        "/preview/mirrored/verify-mail/plain.txt", "/preview/en//plain",
    ])
    func `there is nothing at other addresses`(path: String) throws {
        #expect(try DemoSite.previews.render(path) == nil)
    }
}
