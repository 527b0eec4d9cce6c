import Foundation
import Hypertext
import SiteBuilder
import Testing

/// What an operator may do to a site by accident: the build ends with pages or with problems.
@Suite struct DamagedSiteTests {
    @Test func `survives any damage to a template`() throws {
        var random = SplitMix64(state: 0x517e)
        let golden = folder.appending(path: "Golden/small/site")
        let sources = try tree(golden).filter { $0.key.hasSuffix("l") || $0.key.hasSuffix(".txt") }
        let names = sources.keys.sorted()
        var outcomes = (built: 0, refused: 0)
        for _ in 0..<400 {
            let workspace = try Workspace()
            let site = try workspace.site([:])
            try FileManager.default.removeItem(at: site)
            try FileManager.default.copyItem(at: golden, to: site)
            let name = names.randomElement(using: &random) ?? ""
            let bytes = damaged(Array((sources[name] ?? "").utf8), using: &random)
            try Data(bytes).write(to: site.appending(path: name))
            do {
                _ = try workspace.build(site).run()
                outcomes.built += 1
                // What was built is sound, whatever was damaged.
                _ = try CompiledTemplates(contentsOfFile: workspace.forms.path)
            } catch let error as SiteError {
                outcomes.refused += 1
                guard case .problems(let problems) = error, !problems.isEmpty else {
                    Issue.record("\(name): \(error)")
                    return
                }
            }
        }
        #expect(outcomes.built > 40)
        #expect(outcomes.refused > 40)
    }

    private func damaged(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        let pieces = [
            "{{", "}}", "{{/if}}", "{{else}}", "{{#each items}}", "{{#> panel", "\"", "<", ">", "'",
            "---\n", "<!--", "{{> field}}", "{{$head}}", "[", "\u{e9}", "{{t ", "=", "\n", ": ",
        ].map { Array($0.utf8) }
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let start = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
            let piece = pieces.randomElement(using: &random) ?? []
            bytes.replaceSubrange(start..<end, with: Bool.random(using: &random) ? piece : [])
        }
        return bytes
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
