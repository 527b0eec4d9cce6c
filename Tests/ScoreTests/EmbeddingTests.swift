import Foundation
import HTTP
import Testing

@testable import score

@Suite struct EmbeddingTests {
    func embedding(_ variables: [String: String]) throws -> Embedding {
        try Embedding { variables[$0] }
    }

    @Test func `is shown by this site alone unless others are named`() throws {
        let answer = try embedding([:]).admitting("https://shop.example", to: .text("x"))
        #expect(answer["Content-Security-Policy"]?.text.contains("frame-ancestors 'self';") == true)
        #expect(answer["Access-Control-Allow-Origin"] == nil)
    }

    @Test func `lets the named origins frame and read it, and no other`() throws {
        let settings = try embedding(["SCORE_ORIGINS": "https://shop.example http://localhost:8000"]
        )
        let answer = settings.admitting("http://localhost:8000", to: .text("x"))
        #expect(
            answer["Content-Security-Policy"]?.text.contains(
                "frame-ancestors 'self' https://shop.example http://localhost:8000;") == true)
        #expect(answer["Access-Control-Allow-Origin"] == "http://localhost:8000")
        #expect(answer["Vary"] == "Origin")
        for other in ["https://shop.example.evil.example", "http://shop.example", "null", nil] {
            let answer = settings.admitting(other, to: .text("x"))
            #expect(answer["Access-Control-Allow-Origin"] == nil && answer["Vary"] == "Origin")
        }
    }

    @Test(arguments: [
        ("SCORE_ORIGINS", "*"), ("SCORE_ORIGINS", "null"), ("SCORE_ORIGINS", "shop.example"),
        ("SCORE_ORIGINS", "https://"), ("SCORE_ORIGINS", "https://shop.example/"),
        ("SCORE_ORIGINS", "https://a.example;script-src"),
        ("SCORE_ORIGINS", "https://Shop.example"),
        ("SCORE_STYLE", "score.css"), ("SCORE_STYLE", "//evil.example/x.css"),
        ("SCORE_STYLE", "/x\"><script>"), ("SCORE_STYLE", "/x.css?theme=dark"),
        ("SCORE_LIMIT", "0"), ("SCORE_LIMIT", "-1"), ("SCORE_LIMIT", "many"), ("SCORE_LIMIT", ""),
    ])
    func `refuses what is no setting, and names it`(name: String, value: String) throws {
        let complaint = #expect(throws: Complaint.self) { try embedding([name: value]) }
        #expect(complaint?.message.hasPrefix("\(name): ") == true && complaint?.exitCode == 78)
    }
}

@Suite struct NetworkLimitTests {
    @Test func `counts each network in each minute`() throws {
        let limit = try NetworkLimit(2, file: nil)
        #expect(limit.wait(of: "192.0.2.1/32", at: 600) == nil)
        #expect(limit.wait(of: "192.0.2.1/32", at: 659) == nil)
        #expect(limit.wait(of: "192.0.2.1/32", at: 640) == 20)
        #expect(limit.wait(of: "192.0.2.1/32", at: 659) == 1)
        #expect(limit.wait(of: "2001:db8::/64", at: 659) == nil)
        #expect(limit.wait(of: "192.0.2.1/32", at: 660) == nil)
    }

    @Test func `P22: counts for all processes together in a file that does not grow`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        let one = try NetworkLimit(10_000, file: file.path)
        let other = try NetworkLimit(10_000, file: file.path)
        for number in 0..<10_000 {
            #expect(one.wait(of: "10.0.\(number >> 8).\(number & 255)/32", at: 0) == nil)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        // A counter at the end may be nobody's, and is then not written.
        #expect((31 << 10...32 << 10).contains(attributes[.size] as? Int ?? 0))
        #expect(attributes[.posixPermissions] as? Int == 0o600)

        let strict = try NetworkLimit(2, file: file.path)
        #expect(one.wait(of: "192.0.2.1/32", at: 60) == nil)
        #expect(other.wait(of: "192.0.2.1/32", at: 60) == nil)
        #expect(strict.wait(of: "192.0.2.1/32", at: 60) == 60)
    }

    @Test func `says which file it cannot use`() throws {
        let complaint = #expect(throws: Complaint.self) {
            try NetworkLimit(2, file: "/nowhere/score")
        }
        #expect(complaint?.message.contains("/nowhere/score: No such file or directory") == true)
    }
}
