import Foundation
import Testing

@Suite struct ImportTests {
    @Test func `the module imports nothing`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Zxcvbn").standardized.resolvingSymlinksInPath()
        let files = try FileManager.default.contentsOfDirectory(
            at: sources, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "swift" }
        #expect(files.count > 20)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            // Also `public import` and `@testable import`.
            let imports = text.split(separator: "\n").filter {
                $0.split(separator: " ").prefix(2).contains("import")
            }
            #expect(imports.isEmpty, "\(file.lastPathComponent): \(imports)")
        }
    }
}
