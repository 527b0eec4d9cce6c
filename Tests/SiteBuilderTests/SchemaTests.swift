import Foundation
import Hypertext
import SiteBuilder
import Testing

@Suite struct SchemaTests {
    func problems(_ files: [String: String], _ schemas: [Schema]) throws -> [String] {
        let workspace = try Workspace()
        let site = try workspace.site(files)
        let error = #expect(throws: SiteError.self) {
            try workspace.build(site, schemas: schemas).run()
        }
        guard case .problems(let problems) = error else { return [] }
        return problems.map {
            String($0.replacing(site.path + "/", with: "").prefix { $0 != "\n" })
        }
    }

    @Test func `reports every difference between a form and the program`() throws {
        let form = """
            ---
            slots:
              email: text
              next: text
              tone: choice warm hot
              rows: list
              rows.cell: text
              gone: flag
            ---
            {{email}}{{next}}{{#each rows}}{{cell}}{{/each}}{{#if gone}}{{tone}}{{/if}}

            """
        let schema = Schema(
            name: "sign-in",
            slots: [
                SlotDeclaration("email", .text),
                SlotDeclaration("next", .url),
                SlotDeclaration("tone", .choice(["warm", "cool"])),
                SlotDeclaration(
                    "rows",
                    .list([SlotDeclaration("cell", .text), SlotDeclaration("kind", .flag)])),
                SlotDeclaration("stale", .flag),
            ])
        #expect(
            try problems(["forms/sign-in.html": form], [schema]) == [
                "forms/sign-in.html:1:1: the program fills \"rows.kind: flag\", which is not declared here",
                "forms/sign-in.html:4:9: the program fills \"next\" as url",
                "forms/sign-in.html:5:9: the program fills \"tone\" as choice warm cool",
                "forms/sign-in.html:8:9: the program has no slot \"gone\"; did you mean \"tone\"?",
            ])
    }

    @Test func `wants a template for every form, and a form for every template`() throws {
        #expect(
            try problems(
                ["forms/sing-in.html": "<p>x</p>\n"],
                [Schema(name: "sign-up", slots: []), Schema(name: "sign-in", slots: [])]) == [
                    "forms/sing-in.html:1:1: the program has no form \"sing-in\"; did you mean \"sign-in\"?",
                    "site.yml:1:1: the program has templates that are missing here: \"sign-in\", \"sign-up\"; write forms/sign-in.html, or mails/sign-in.txt and .html if it is a mail",
                ])
    }

    @Test func `a slot that the program has in another order is still the right one`() throws {
        let workspace = try Workspace()
        let site = try workspace.site([
            "forms/pair.html":
                "---\nslots:\n  second: text\n  first: text\n---\n{{first}}-{{second}}"
        ])
        _ = try workspace.build(site, schemas: [Schema(of: Pair.self)]).run()
        let templates = try CompiledTemplates(contentsOfFile: workspace.forms.path)
        let page = try templates.render(Pair(), language: "en")
        #expect(String(decoding: page, as: UTF8.self) == "1-2")
    }

    struct Pair: FormTemplate {
        static let name = "pair"
        static let slots: [Slot<Self>] = [
            .text("first") { _ in "1" }, .text("second") { _ in "2" },
        ]
    }
}
