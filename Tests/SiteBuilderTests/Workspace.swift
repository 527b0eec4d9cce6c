import Foundation
import Hypertext
import SiteBuilder

/// The folder of this test target.
let folder = URL(filePath: #filePath).deletingLastPathComponent()

/// The routes of the program in every test.
let routes = ["sign-in": "/account/sign-in", "sign-up": "/account/sign-up"]

/// The day of every build in a test.
let today = Day(number: 20_786)  // 2026-11-29

/// A directory for what a test writes, gone when the test is over.
final class Workspace {
    let directory = FileManager.default.temporaryDirectory
        .appending(path: "site-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    var output: URL { directory.appending(path: "public") }
    var forms: URL { directory.appending(path: "forms.seg") }

    func path(_ name: String) -> String { directory.appending(path: name).path }

    /// A build of a site into this directory.
    func build(_ site: URL, schemas: [Schema]? = nil) -> SiteBuild {
        SiteBuild(
            site: site.path, output: output.path, forms: forms.path, schemas: schemas,
            routes: routes, date: today)
    }

    /// Writes a site of few files.
    func site(_ files: [String: String]) throws -> URL {
        let site = directory.appending(path: "site")
        let basis = ["site.yml": "language: en\n", "texts/en.yml": "title: Seeds\n"]
        for (name, text) in basis.merging(files, uniquingKeysWith: { $1 }) {
            let file = site.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return site
    }
}

/// The contents of every file below a directory, by path, but for what is there compressed too.
func tree(_ directory: URL) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory.path)
    where !path.hasSuffix(".gz") {
        let file = directory.appending(path: path)
        if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
            files[path] = try String(contentsOf: file, encoding: .utf8)
        }
    }
    return files
}

/// The folders of a folder of cases.
func cases(_ name: String) -> [String] {
    let contents = try? FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: name).path)
    return (contents ?? []).sorted()
}
