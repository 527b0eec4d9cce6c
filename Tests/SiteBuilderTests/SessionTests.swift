import Foundation
import SiteBuilder
import Testing

/// One build after another, as `postern build --watch` does them.
@Suite struct SessionTests {
    let pages = [
        "site.yml": "language: en\nurl: https://seeds.example\n",
        "layouts/page.html": "<title>{{t [page.title]}}</title>{{> foot}}{{content}}",
        "components/foot.html": "<p>{{t title}}</p>\n",
        "pages/one.md": "---\ntitle: One\n---\n[two](/two/#here)\n",
        "pages/two.md": "---\ntitle: Two\n---\n## Here\n" + String(repeating: "words ", count: 99),
        "pages/deep/three.md": "---\ntitle: Three\n---\nx\n",
    ]

    /// Each edit is followed by a build, which comes to what a build from nothing comes to.
    @Test func `an edit comes to what a new build comes to`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(pages)
        let session = SiteSession(workspace.build(site))
        let edits: [(String, String?)] = [
            ("pages/one.md", "---\ntitle: One\n---\n[two](/two/#here), again\n"),
            ("pages/two.md", "---\ntitle: Two\n---\n## Here\nshort\n"),
            ("pages/four.md", "---\ntitle: Four\nredirect-from: /vier/\n---\n[one](/one/)\n"),
            ("pages/deep/three.md", nil),
            ("components/foot.html", "<p>changed</p>\n"),
            ("pages/four.md", nil),
            ("site.yml", "language: en\nurl: https://other.example\n"),
        ]
        _ = try session.run()
        for (path, text) in edits {
            let file = site.appending(path: path)
            try text.map { try Data($0.utf8).write(to: file) }
                ?? FileManager.default.removeItem(at: file)
            _ = try session.run()

            let other = try Workspace()
            _ = try other.build(site).run()
            #expect(try every(in: workspace.output) == every(in: other.output), "\(path)")
        }
    }

    @Test func `a mistake leaves the site as it was, until it is mended`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(pages)
        let session = SiteSession(workspace.build(site))
        _ = try session.run()
        let before = try every(in: workspace.output)

        // The page that is wrong is another than the one that was written.
        try Data("---\ntitle: Two\n---\n## There\n".utf8).write(
            to: site.appending(path: "pages/two.md"))
        for _ in 1...2 {
            let error = #expect(throws: SiteError.self) { try session.run() }
            guard case .problems(let problems) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(problems.count == 1)
            #expect(problems[0].contains("one.md:4:7: nothing on /two/ has the id \"here\""))
            #expect(try every(in: workspace.output) == before)
        }
        // What every page shares is reported again, too.
        try Data("<p>{{t titel}}</p>\n".utf8).write(
            to: site.appending(path: "components/foot.html"))
        try Data("---\ntitle: Two\n---\n## Here\n".utf8).write(
            to: site.appending(path: "pages/two.md"))
        for _ in 1...2 {
            #expect(throws: SiteError.self) { try session.run() }
            #expect(try every(in: workspace.output) == before)
        }
        try Data("<p>{{t title}}</p>\n".utf8).write(
            to: site.appending(path: "components/foot.html"))
        _ = try session.run()
        let other = try Workspace()
        _ = try other.build(site).run()
        #expect(try every(in: workspace.output) == every(in: other.output))
    }

    @Test func `leaves nothing beside the output when it ends`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(pages)
        do {
            let session = SiteSession(workspace.build(site))
            _ = try session.run()
            _ = try session.run()
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: workspace.directory.path).sorted()
                == ["public", "site"])
    }

    @Test func `hears of a file that is written`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(pages)
        let watch = try #require(DirectoryWatch([site.path]))
        #expect(!watch.wait(milliseconds: 1))
        try FileManager.default.createDirectory(
            at: site.appending(path: "pages/new"), withIntermediateDirectories: false)
        #expect(watch.wait(milliseconds: 5_000))
        try Data("x".utf8).write(to: site.appending(path: "pages/new/page.md"))
        #expect(watch.wait(milliseconds: 5_000))
        #expect(!watch.wait(milliseconds: 1))
    }

    /// Every file, compressed ones among them.
    private func every(in directory: URL) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: directory.path) {
            files[path] = try? Data(contentsOf: directory.appending(path: path))
        }
        return files
    }
}
