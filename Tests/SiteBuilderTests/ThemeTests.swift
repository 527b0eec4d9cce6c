import Foundation
import SiteBuilder
import Testing

/// A site that has a theme, of which it takes what it lacks.
@Suite struct ThemeTests {
    let theme = [
        "theme/site.yml": "language: de\nname: The theme\n",
        "theme/texts/en.yml": "language.name: English\ntitle: Theme\nfoot: by the theme\n",
        "theme/texts/de.yml": "language.name: Deutsch\ntitle: Thema\nfoot: vom Thema\n",
        "theme/layouts/page.html": "<h1>{{t title}}</h1>{{content}}{{> foot}}",
        "theme/components/foot.html": "<p>{{t foot}}</p>\n",
        "theme/pages/help.html": "---\nlayout: page\n---\nHelp of the theme.\n",
        "theme/pages/privacy.html": "---\nlayout: page\n---\nPrivacy of the theme.\n",
        "theme/pages/hidden.html": "---\nlayout: page\n---\nHidden.\n",
        "theme/static/robots.txt": "Of the theme.\n",
        "theme/security.yml": "contact: mailto:theme@example.org\nexpires: 30 days\n",
    ]

    @Test func `a site takes from its theme what it lacks`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(
            theme.merging([
                "own/site.yml": "language: en\ntheme: ../theme\n",
                "own/texts/en.yml": "title: Seeds\n",
                "own/pages/help.md": "---\ntitle: x\n---\nOwn help.\n",
                "own/pages/hidden.html": "---\ndraft: yes\n---\n",
            ]) { own, _ in own })
        _ = try workspace.build(site.appending(path: "own")).run()
        let built = try tree(workspace.output)
        #expect(
            built.keys.filter { !$0.hasPrefix(".") }.sorted()
                == ["assets.json", "help/index.html", "privacy/index.html", "robots.txt"])
        #expect(built["help/index.html"] == "<h1>Seeds</h1><p>Own help.</p>\n<p>by the theme</p>")
        #expect(
            built["privacy/index.html"]
                == "<h1>Seeds</h1>Privacy of the theme.\n<p>by the theme</p>"
        )
        #expect(built["robots.txt"] == "Of the theme.\n")
    }

    @Test func `a component of the site takes the place of the one of the theme`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(
            theme.merging([
                "own/site.yml": "language: de\ntheme: ../theme\n",
                "own/components/foot.html": "<hr>{{t foot}}\n",
            ]) { own, _ in own })
        _ = try workspace.build(site.appending(path: "own")).run()
        let built = try tree(workspace.output)
        // Without texts of its own a site has all languages of its theme.
        #expect(built["help/index.html"] == "<h1>Thema</h1>Help of the theme.\n<hr>vom Thema")
        #expect(
            built["en/help/index.html"] == "<h1>Theme</h1>Help of the theme.\n<hr>by the theme")
    }

    @Test func `colours that meet in the theme must be readable in the site's`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(
            theme.merging([
                "theme/site.yml": """
                language: de
                contrast:
                - ink on paper
                - ink on amber
                """,
                "theme/assets/site.css": ":root { --ink: #000; --paper: #fff; --amber: #fd8 }",
                "own/site.yml": "language: en\ntheme: ../theme\n",
                "own/assets/site.css": ":root { --ink: #ccc; --paper: #fff }",
            ]) { _, own in own })
        let error = #expect(throws: SiteError.self) {
            try workspace.build(site.appending(path: "own")).run()
        }
        guard case .problems(let problems) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // What the site's style sheet lacks, it does not show either.
        #expect(problems.count == 2)
        for (problem, scheme) in zip(problems, ["dark", "light"]) {
            #expect(
                problem.hasSuffix(
                    """
                    own/assets/site.css:1:16: --ink on --paper has a contrast of 1.60 in the \
                    \(scheme) theme; it needs 4.50
                    :root { --ink: #ccc; --paper: #fff }
                                   ^

                    """))
        }
    }

    @Test func `both directories are watched`() throws {
        let workspace = try Workspace()
        let site = try workspace.site(
            theme.merging(["own/site.yml": "language: en\ntheme: ../theme\n"]) { own, _ in own })
        let own = site.appending(path: "own")
        #expect(workspace.build(own).sources == [own.path, own.path + "/../theme"])
        #expect(workspace.build(site).sources == [site.path])
    }
}
