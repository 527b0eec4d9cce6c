package import HTTP
private import Hypertext

/// What a browser is shown of a site that is being written: its static pages, and every other page
/// from sample data.
package struct PreviewSite {
    private let files: StaticFiles
    /// The names of the program's routes, by path.
    private let routes: [String: String]
    private let previews: PreviewPages?
    /// What is wrong with the site as it is now.
    private let problems: [String]

    /// Shows what was built.
    ///
    /// - Parameters:
    ///   - output: The directory that the last good build wrote.
    ///   - previews: The pages of the program, from the last good build.
    ///   - problems: What was wrong in the last build, if anything.
    ///   - routes: The program's routes: paths by name.
    package init(
        output: String, previews: PreviewPages?, problems: [String], routes: [String: String]
    ) {
        files = StaticFiles(root: output)
        self.previews = previews
        self.problems = problems
        self.routes = Dictionary(
            routes.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    /// Answers a request; nothing that is sent is looked at.
    package func respond(to request: RequestHead) -> Response {
        guard request.method.isSafe else {
            return .text(
                "Nothing is sent in a preview. Go back to the page.\n", status: .methodNotAllowed
            ).setting(.allow, to: FieldValue(methods: [.get, .head]))
        }
        let path = request.path
        guard problems.isEmpty, let previews else {
            // What the page with the problems stands beside in another tab keeps its looks.
            return path.hasPrefix("/assets/") ? published(path) : brokenPage
        }
        if path == PreviewIndex.path {
            return .html(Array(index(of: previews).html.utf8))
        }
        if path.hasPrefix(PreviewIndex.path) {
            return preview(at: path, of: previews)
        }
        if let route = routes[path] {
            return .seeOther(previews.firstPath(of: route) ?? PreviewIndex.path)
        }
        return published(path)
    }

    /// The paths of everything that can be looked at, one for each page and state.
    package var paths: [String] { pages + (previews?.paths ?? []) }

    /// The paths of the static pages.
    private var pages: [String] {
        files.paths(endingWith: ".html").map {
            $0.hasSuffix("/index.html") ? String($0.dropLast("index.html".count)) : $0
        }
    }

    private func index(of previews: PreviewPages) -> PreviewIndex {
        PreviewIndex(
            previews: previews, pages: pages, styleSheets: files.paths(endingWith: ".css"))
    }

    private func preview(at path: String, of previews: PreviewPages) -> Response {
        do throws(TemplateError) {
            guard let (part, bytes) = try previews.render(path) else { return files.notFound }
            switch part {
            case nil: return .html(bytes)
            case .html:
                // The styles of a mail stand in its tags.
                return Response.html(bytes).setting(
                    .contentSecurityPolicy,
                    to: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
            case .text, .subject: return .text(String(decoding: bytes, as: UTF8.self))
            }
        } catch {
            return .text("\(error)\n", status: .internalServerError)
        }
    }

    /// A file of the site, under the policy that the web server gives it.
    private func published(_ path: String) -> Response {
        (files.response(to: path) ?? files.notFound).setting(
            .contentSecurityPolicy,
            to: """
                default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                base-uri 'none'; frame-ancestors 'none'
                """)
    }

    private var brokenPage: Response {
        let list = problems.map { Escaper.html.escape($0) }.joined(separator: "\n")
        let html = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>The site does not build</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            </head>
            <body>
            <main>
            <h1>The site does not build</h1>
            <pre tabindex="0">\(list)</pre>
            </main>
            </body>
            </html>

            """
        return .html(Array(html.utf8), status: .internalServerError)
    }
}

extension FieldName {
    fileprivate static let contentSecurityPolicy: FieldName = "Content-Security-Policy"
}
