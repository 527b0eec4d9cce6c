private import Foundation
internal import HTTP

/// The files of a built site, as a web server hands them out.
struct StaticFiles {
    /// The directory that a build wrote.
    let root: String

    /// Returns the file at a path, or the index of a directory, or where that is.
    ///
    /// - Parameter path: The path, which has no dot segments.
    /// - Returns: `nil` if there is nothing that is served.
    func response(to path: String) -> Response? {
        var isDirectory: ObjCBool = false
        guard
            !hasHiddenName(path),
            unsafe FileManager.default.fileExists(atPath: root + path, isDirectory: &isDirectory)
        else { return nil }
        guard isDirectory.boolValue else { return file(path) }
        return path.hasSuffix("/") ? file(path + "index.html") : .seeOther(path + "/")
    }

    /// What is shown in place of a page that is not there.
    var notFound: Response {
        .html(contents(of: "/404.html") ?? Array("Not Found\n".utf8), status: .notFound)
    }

    /// The paths of all files whose names end like this, in order.
    func paths(endingWith suffix: String) -> [String] {
        (FileManager.default.subpaths(atPath: root) ?? []).filter { $0.hasSuffix(suffix) }
            .map { "/" + $0 }.sorted()
    }

    private func file(_ path: String) -> Response? {
        guard let body = contents(of: path) else { return nil }
        return Response(.ok, contentType: Self.mediaType(of: path), body: body)
    }

    private func contents(of path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: root + path).map(Array.init)
    }

    /// Whether a name in the path begins with a dot, but for that of RFC 8615: none such is served.
    private func hasHiddenName(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != ".well-known" }
    }

    private static func mediaType(of path: String) -> FieldValue {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "txt": "text/plain; charset=utf-8"
        case "xml": "text/xml; charset=utf-8"
        case "atom": "application/atom+xml"
        case "json": "application/json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "pdf": "application/pdf"
        default: "application/octet-stream"
        }
    }
}
