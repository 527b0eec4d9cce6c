import Foundation
import Hypertext
import Testing

@Suite struct RenderTests {
    let templates: CompiledTemplates

    init() throws {
        templates = try HypertextTests.templates(everyOperation)
    }

    func page(_ greeting: Greeting, language: String = "en") throws -> String {
        String(decoding: try templates.render(greeting, language: language), as: UTF8.self)
    }

    @Test func `renders flags, choices and an empty list`() throws {
        let greeting = Greeting(name: "Ada", isSignedIn: false, tone: .warm)
        #expect(try page(greeting) == #"<p title="Ada">out, warmnothing</p>"#)
    }

    @Test func `renders the other branches, and rows that see the page around them`() throws {
        let greeting = Greeting(
            name: "Ada", isSignedIn: true, tone: .cool,
            items: [.init(label: "one", link: "/1"), .init(label: "", link: "/2?a=1&b=2")])
        #expect(
            try page(greeting)
                == #"<p title="Ada">in, cool<a href="/1">one of Ada</a>;"#
                + #"<a href="/2?a=1&amp;b=2"></a>;</p>"#)
    }

    @Test func `an empty text counts as not given`() throws {
        let greeting = Greeting(name: "", items: [.init(label: "one", link: "")])
        #expect(try page(greeting) == #"<p title="">out, warm<a href="">one of </a></p>"#)
    }

    @Test func `escapes what stands in an attribute`() throws {
        let greeting = Greeting(name: "\"\u{301} autofocus onfocus=alert(1) x=\"")
        #expect(
            try page(greeting)
                == "<p title=\"&quot;\u{301} autofocus onfocus=alert(1) x=&quot;\">"
                + "out, warmnothing</p>")
    }

    @Test func `a language has its own words, and others get the first`() throws {
        #expect(templates.languages == ["en", "pl"])
        #expect(try page(Greeting(), language: "pl") == "Witaj, Ada: 0 nasion, ")
        #expect(try page(Greeting(), language: "fr") == page(Greeting(), language: "en"))
    }

    // The forms as Polish has them; four digits stay together.
    @Test(arguments: [
        (1, "1 nasiono"), (2, "2 nasiona"), (5, "5 nasion"), (12, "12 nasion"), (22, "22 nasiona"),
        (9999, "9999 nasion"), (10_004, "10&#160;004 nasiona"),
        (1_234_567, "1&#160;234&#160;567 nasion"),
    ])
    func `counts as the language does`(seeds: Int, words: String) throws {
        #expect(try page(Greeting(seeds: seeds), language: "pl") == "Witaj, Ada: \(words), ")
    }

    @Test func `says what a page shows in the language of the page, escaped for its place`() throws
    {
        let greeting = Greeting(seeds: 1, season: Season(month: .may))
        #expect(
            try page(greeting, language: "pl") == "Witaj, Ada: 1 nasiono, w &lt;maju&gt;")
    }

    @Test func `a mail has a subject of one line`() throws {
        // A53: what a person typed adds no header.
        let greeting = Greeting(
            name: "Ada\r\nBcc: eve@example.org\n", home: "https://example.org/a b\n")
        let mail = try templates.mail(greeting, language: "en")
        #expect(mail.subject == "Hello Ada  Bcc: eve@example.org ")
        #expect(
            String(decoding: mail.text, as: UTF8.self)
                == "Ada \nBcc: eve@example.org\n\nhttps://example.org/a%20b%0A\n")
        #expect(
            String(decoding: mail.html, as: UTF8.self) == "Ada\r\nBcc: eve@example.org\n")
    }

    @Test(arguments: [
        "javascript:alert(1)", "//example.org/", " https://example.org/", "HTTPS://x", "data:,",
        "relative", "?q", "#f", "\u{1}javascript:alert(1)",
    ])
    func `refuses a link that the program cannot have meant`(link: String) {
        #expect(throws: TemplateError.unsafeURL(template: "greeting")) {
            try page(Greeting(items: [.init(label: "", link: link)]))
        }
    }

    @Test func `never shows a slot under another's name`() {
        #expect(throws: TemplateError.schemaMismatch(template: "greeting")) {
            try templates.render(RenamedGreeting(), language: "en")
        }
        #expect(throws: TemplateError.schemaMismatch(template: "greeting")) {
            try templates.check(forms: [Schema(of: RenamedGreeting.self)])
        }
    }

    @Test func `a check at the start finds what is missing`() throws {
        let greeting = Schema(of: Greeting.self)
        try templates.check(forms: [greeting], mails: [greeting])
        #expect(throws: TemplateError.missing(template: "farewell")) {
            try templates.check(forms: [Schema(name: "farewell", slots: [])])
        }
        #expect(throws: TemplateError.missing(template: "farewell.subject")) {
            try templates.check(forms: [], mails: [Schema(name: "farewell", slots: [])])
        }
    }

    @Test func `a schema has one spelling`() {
        #expect(
            Schema(of: Greeting.self).slots.map(\.description) == [
                "name: text", "home: url", "signed-in: flag", "tone: choice warm cool",
                "items: list(label: text; link: url; )", "seeds: count", "season: text",
            ])
    }
}
