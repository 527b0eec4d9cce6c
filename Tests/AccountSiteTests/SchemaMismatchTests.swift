import AccountSite
import Foundation
import HTTP
import Hypertext
import Testing

@Suite struct SchemaMismatchTests {
    // A deploy that stopped half-way: the templates are of another day than the program.
    @Test func `answers 500 for a template of other slots, and goes on with the rest`() throws {
        let site = try TestSite()
        let schemas = (Pages.schemas).map { schema in
            schema.name == "sign-in"
                ? Schema(
                    name: schema.name, slots: schema.slots + [SlotDeclaration("greeting", .text)])
                : schema
        }
        let forms = TestSite.compile(schemas: schemas) { site in
            let file = site.appending(path: "forms/sign-in.html")
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing("slots:\n", with: "slots:\n  greeting: text\n")
                .replacing("<form ", with: "<p>{{greeting}}</p><form ")
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        site.world.templates = try CompiledTemplates(contentsOfFile: forms)

        let answer = site.answer(
            ScriptRequest(method: "GET", target: "/account/sign-in"), fields: [:], body: "",
            from: "192.0.2.1")
        #expect(answer.status == .internalServerError)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("<form"))
        #expect(site.log.count == 1)
        #expect(site.log.first?.contains("error status=500") == true)
        #expect(site.log.first?.contains("sign-in") == true)

        let other = site.answer(
            ScriptRequest(method: "GET", target: "/account/reset"), fields: [:], body: "",
            from: "192.0.2.1")
        #expect(other.status == .ok)
    }
}
