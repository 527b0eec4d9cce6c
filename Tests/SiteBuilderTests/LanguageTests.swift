import Foundation
import SiteBuilder
import Testing

/// What a page knows of its language and of the others.
@Suite struct LanguageTests {
    @Test func `a page says its language and leads to the same in others, and to forms in its own`()
        throws
    {
        let workspace = try Workspace()
        let site = try workspace.site([
            "texts/en.yml": "language.name: English\n",
            "texts/ar.yml": "language:\n  name: العربية\n  direction: rtl\n",
            "layouts/page.html":
                "<body lang=\"{{page.language}}\" dir=\"{{page.direction}}\">{{content}}",
            "pages/index.html": """
            ---
            layout: page
            ---
            {{#each page.alternates}}
            {{#unless language is [page.language]}}
            <a href="{{path}}" lang="{{language}}">{{name}}</a>
            {{/unless}}
            {{/each}}
            {{#each site.languages}}
            <i>{{name}}</i>
            {{/each}}
            <a href="{{url sign-in}}">in</a>
            """,
            "pages/help.ar.md": "[in](/account/sign-in), [up](/account/sign-up?next=/)\n",
        ])
        _ = try workspace.build(site).run()
        let built = try tree(workspace.output)
        #expect(
            built["index.html"] == """
                <body lang="en" dir="ltr"><a href="/ar/" lang="ar">العربية</a>
                <i>English</i>
                <i>العربية</i>
                <a href="/account/sign-in">in</a>
                """)
        #expect(
            built["ar/index.html"] == """
                <body lang="ar" dir="rtl"><a href="/" lang="en">English</a>
                <i>English</i>
                <i>العربية</i>
                <a href="/account/sign-in?language=ar">in</a>
                """)
        #expect(
            built["ar/help/index.html"] == """
                <body lang="ar" dir="rtl"><p><a href="/account/sign-in?language=ar">in</a>, \
                <a href="/account/sign-up?next=/">up</a></p>

                """)
    }

    @Test func `a site of one language offers none`() throws {
        let workspace = try Workspace()
        let site = try workspace.site([
            "pages/index.html":
                "<p>{{#if site.languages}}x{{/if}}{{#if page.alternates}}y{{/if}}</p>"
        ])
        _ = try workspace.build(site).run()
        #expect(try tree(workspace.output)["index.html"] == "<p></p>")
    }
}
