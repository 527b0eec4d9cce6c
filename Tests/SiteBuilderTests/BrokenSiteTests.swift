import Foundation
import SiteBuilder
import Testing

@Suite struct BrokenSiteTests {
    /// Each folder of `Broken` is a site beside the exact words that it must be refused with.
    @Test(arguments: cases("Broken"))
    func `reports everything that is wrong, with its place`(name: String) throws {
        let directory = folder.appending(path: "Broken/\(name)")
        let expected = try String(
            contentsOf: directory.appending(path: "expected.txt"), encoding: .utf8)
        let workspace = try Workspace()
        let error = #expect(throws: SiteError.self) {
            try workspace.build(directory.appending(path: "site")).run()
        }
        guard case .problems(let problems) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let found = problems.joined().replacing(directory.path + "/", with: "")
        #expect(found == expected)
        #expect(try tree(workspace.directory).isEmpty)
    }
}
