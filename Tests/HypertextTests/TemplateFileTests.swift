import Foundation
import Hypertext
import Testing

@Suite struct TemplateFileTests {
    @Test func `says what a file is if not compiled templates`() throws {
        func error(_ bytes: [UInt8]) -> TemplateError? {
            #expect(throws: TemplateError.self) { try templates(bytes) }
        }
        guard case .notTemplates = error([]) else { Issue.record("empty"); return }
        guard case .notTemplates = error(Array("<!doctype html>".utf8)) else {
            Issue.record("HTML"); return
        }
        guard case .otherFormat(_, version: "1") = error(Array("SEG1 what was before".utf8)) else {
            Issue.record("SEG1"); return
        }
        guard case .damaged = error(everyOperation + [0]) else { Issue.record("longer"); return }
    }

    @Test func `names the file and the remedy`() {
        let missing = "/nonexistent/forms.seg"
        let error = #expect(throws: TemplateError.self) {
            try CompiledTemplates(contentsOfFile: missing)
        }
        #expect(error?.description == "\(missing): cannot be read: No such file or directory")
        #expect(
            TemplateError.truncated(file: "forms.seg").description
                == "forms.seg: compiled templates that end too early, as after a broken copy; "
                + "run `postern build` with the same version as this program")
    }

    @Test func `refuses a directory`() {
        #expect(throws: TemplateError.notTemplates(file: "/tmp")) {
            try CompiledTemplates(contentsOfFile: "/tmp")
        }
    }

    @Test func `knows a file that was cut anywhere`() {
        for count in 4..<everyOperation.count {
            let error = #expect(throws: TemplateError.self) {
                try templates(Array(everyOperation.prefix(count)))
            }
            guard case .truncated = error else {
                Issue.record("cut at \(count): \(String(describing: error))")
                return
            }
        }
    }

    /// Whatever the bytes, opening and rendering end with a page or an error.
    @Test func `survives any damage`() throws {
        var random = SplitMix64(state: 0x5e61)
        var outcomes = (unopened: 0, unsound: 0, failed: 0, rendered: 0)
        let page = Greeting(
            items: [
                .init(label: "a", link: "/a"), .init(label: "", link: "/b"),
                .init(label: "c", link: "/c"),
            ], seeds: 12_345, season: Season(month: .june))
        for _ in 0..<4_000 {
            var bytes = everyOperation
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 4..<bytes.count, using: &random)
                bytes[index] =
                    [
                        bytes[index] ^ (1 << UInt8.random(in: 0..<8, using: &random)),
                        UInt8.random(in: 0...8, using: &random), 0xff,
                    ].randomElement(using: &random) ?? 0
            }
            guard let templates = try? unverifiedTemplates(bytes) else {
                outcomes.unopened += 1
                continue
            }
            if (try? templates.verify()) == nil {
                outcomes.unsound += 1
            }
            do {
                _ = try templates.render(page, language: "en")
                _ = try templates.render(page, language: "pl")
                _ = try templates.mail(page, language: "pl")
                outcomes.rendered += 1
            } catch {
                outcomes.failed += 1
            }
        }
        // The mutations reach each kind of outcome, or they would show nothing.
        #expect(outcomes.unopened > 10)
        #expect(outcomes.unsound > 100)
        #expect(outcomes.failed > 100)
        #expect(outcomes.rendered > 100)
    }
}

/// A small generator of numbers that are the same in every run (Steele, Lea, Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
