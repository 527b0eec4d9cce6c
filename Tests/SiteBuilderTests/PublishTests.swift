import Foundation
import Hypertext
import SiteBuilder
import Testing

@Suite struct PublishTests {
    @Test func `a failed build changes nothing`() throws {
        let workspace = try Workspace()
        let good = try workspace.site(["pages/index.html": "<p>one</p>\n"])
        _ = try workspace.build(good).run()
        let before = try tree(workspace.directory)

        let bad = try workspace.site(["pages/index.html": "<p>{{two}}</p>\n"])
        #expect(throws: SiteError.self) { try workspace.build(bad).run() }
        var after = try tree(workspace.directory)
        after["site/pages/index.html"] = before["site/pages/index.html"]
        #expect(after == before)
    }

    @Test func `replaces the site before as a whole`() throws {
        let workspace = try Workspace()
        let first = try workspace.site(["pages/old.html": "<p>old</p>\n"])
        _ = try workspace.build(first).run()
        try FileManager.default.removeItem(at: first)
        let second = try workspace.site([
            "pages/index.html": "<p>new</p>\n", "forms/hello.html": "<p>hello</p>\n",
        ])
        _ = try workspace.build(second).run()
        #expect(
            try tree(workspace.output).keys.sorted() == [
                ".postern-site", ".server/apache.conf", ".server/nginx.conf", "assets.json",
                "index.html", "robots.txt",
            ])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: workspace.directory.path).sorted()
                == ["forms.seg", "public", "site"])
    }

    @Test func `takes an empty directory, and no other that it did not write`() throws {
        let workspace = try Workspace()
        let site = try workspace.site([:])
        try FileManager.default.createDirectory(
            at: workspace.output, withIntermediateDirectories: false)
        _ = try workspace.build(site).run()

        let other = try Workspace()
        try FileManager.default.createDirectory(
            at: other.output, withIntermediateDirectories: false)
        try Data("mine".utf8).write(to: other.output.appending(path: "letter.txt"))
        #expect(throws: SiteError.occupied(path: other.output.path)) {
            try other.build(site).run()
        }
        #expect(try tree(other.directory) == ["public/letter.txt": "mine"])
    }

    @Test func `says when there is no site`() throws {
        let workspace = try Workspace()
        let nowhere = workspace.directory.appending(path: "nowhere")
        #expect(throws: SiteError.noSite(path: nowhere.path)) {
            try workspace.build(nowhere).run()
        }
        #expect(throws: SiteError.noSite(path: workspace.directory.path)) {
            try workspace.build(workspace.directory).run()
        }
    }

    @Test func `says when the output cannot be written`() throws {
        let workspace = try Workspace()
        let site = try workspace.site([:])
        let build = SiteBuild(
            site: site.path, output: "/proc/public", forms: workspace.forms.path, schemas: nil,
            routes: [:], date: today)
        let error = #expect(throws: SiteError.self) { try build.run() }
        guard case .unwritable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
