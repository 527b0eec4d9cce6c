import Foundation
import Hypertext
import SiteBuilder
import Testing

/// Texts that count, from the site's files to the page.
@Suite struct PluralTests {
    struct Basket: FormTemplate {
        static let name = "basket"
        static let slots: [Slot<Self>] = [
            .count("seeds") { $0.seeds }, .choice("place", of: Place.self) { $0.place },
        ]

        enum Place: String, CaseIterable {
            case here, there
        }

        var seeds: Int
        var place: Place
    }

    let site = [
        "texts/en.yml": """
        language:
          name: English
          thousands: ","
        basket:
          here:
            one: "{seeds} seed"
            other: "{seeds} seeds"
          there: "seeds: {seeds}"

        """,
        "texts/pl.yml": """
        language:
          name: Polski
          thousands: "\u{a0}"
        basket:
          here:
            one: "{seeds} nasiono"
            few: "{seeds} nasiona"
            many: "{seeds} nasion"
          there:
            one: jedno nasiono
            other: "nasiona: {seeds}"

        """,
        "forms/basket.html": """
        ---
        slots:
          seeds: count
          place: choice here there
        ---
        <p>{{t basket.[place].[seeds]}}{{#if seeds}}.{{else}}!{{/if}}</p>
        """,
    ]

    func page(_ seeds: Int, _ place: Basket.Place, _ language: String) throws -> String {
        let workspace = try Workspace()
        _ = try workspace.build(workspace.site(site), schemas: [Schema(of: Basket.self)]).run()
        let templates = try CompiledTemplates(contentsOfFile: workspace.forms.path)
        try templates.verify()
        let page = try templates.render(Basket(seeds: seeds, place: place), language: language)
        return String(decoding: page, as: UTF8.self)
    }

    @Test(arguments: [
        (0, "0 seeds!", "0 nasion!"), (1, "1 seed.", "1 nasiono."), (2, "2 seeds.", "2 nasiona."),
        (5, "5 seeds.", "5 nasion."), (22, "22 seeds.", "22 nasiona."),
        (12_345, "12,345 seeds.", "12\u{a0}345 nasion."),
    ])
    func `takes the form of each number`(seeds: Int, english: String, polish: String) throws {
        #expect(try page(seeds, .here, "en") == "<p>\(english)</p>")
        #expect(try page(seeds, .here, "pl") == "<p>\(polish)</p>")
    }

    @Test func `takes another form where one is missing, and a text without forms for all`() throws
    {
        #expect(try page(1, .there, "en") == "<p>seeds: 1.</p>")
        #expect(try page(1, .there, "pl") == "<p>jedno nasiono.</p>")
        #expect(try page(5, .there, "pl") == "<p>nasiona: 5.</p>")
    }
}
