import AccountSite
import Foundation
import Hypertext
import SiteBuilder

@testable import Preview

/// The demo site, compiled once.
enum DemoSite {
    static let previews = PreviewPages(templates, schemas: Pages.schemas)

    private static let templates: CompiledTemplates = {
        let files = FileManager.default
        let place = files.temporaryDirectory.appending(path: "preview-\(UUID().uuidString)")
        defer { try? files.removeItem(at: place) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let forms = place.appending(path: "forms.seg").path
        do {
            try files.createDirectory(at: place, withIntermediateDirectories: true)
            _ = try SiteBuild(
                site: root.appending(path: "site").path,
                output: place.appending(path: "public").path, forms: forms, schemas: Pages.schemas,
                routes: Route.paths.merging(["score": "/score"]) { own, _ in own },
                date: Day(number: 20_786)
            ).run()
            return try CompiledTemplates(contentsOfFile: forms)
        } catch {
            fatalError("the demo site does not build: \(error)")
        }
    }()
}
