import Foundation
import Hypertext

/// Reads the site's directory.
struct SiteReader {
    private let root: String
    private let problems: Problems
    private var site: Site

    /// Reads everything below `root`.
    ///
    /// - Throws: `SiteError` if there is no site, or a file cannot be read.
    static func read(
        _ root: String, routes: [String: String], _ problems: Problems
    ) throws(SiteError) -> Site {
        var reader = SiteReader(root: root, problems: problems, site: Site(routes: routes))
        try reader.readAll()
        return reader.site
    }

    private mutating func readAll() throws(SiteError) {
        guard let paths = FileManager.default.enumerator(atPath: root) else {
            throw .noSite(path: root)
        }
        var files: [String] = []
        for case let path as String in paths
        where paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
            files.append(path)
        }
        guard files.contains("site.yml") else { throw .noSite(path: root) }
        for path in files.sorted() {
            try read(path)
        }
        site.pages.sort { $0.url < $1.url }
        checkLanguages()
    }

    private mutating func read(_ path: String) throws(SiteError) {
        guard let data = FileManager.default.contents(atPath: root + "/" + path) else {
            throw .unreadable(path: root + "/" + path)
        }
        let bytes = [UInt8](data)
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        // Editors leave files of their own beside those they edit.
        let file = path.split(separator: "/").last ?? ""
        guard !file.hasPrefix("."), !file.hasSuffix("~") || parts[0] == "static" else {
            if parts[0] == "static", parts.count == 2 {
                site.statics[parts[1]] = bytes
            }
            return
        }
        switch (parts[0], parts.count) {
        case ("static", 2):
            site.statics[parts[1]] = bytes
        case ("assets", 2):
            site.assets[parts[1]] = Self.asset(parts[1], bytes)
        default:
            readText(path, parts, bytes)
        }
    }

    private mutating func readText(_ path: String, _ parts: [String], _ bytes: [UInt8]) {
        let file = SourceFile(path: root + "/" + path, bytes: bytes)
        if let bad = firstInvalidByte(bytes) {
            problems.report("not UTF-8", at: file.location(bad))
            return
        }
        let suffix = "." + (path.split(separator: ".").last.map(String.init) ?? "")
        let inside = parts.count == 2 ? String(parts[1].dropLast(suffix.count)) : ""
        func template(_ role: Template.Role) -> Template {
            Template(name: inside, role: role, file: file, problems)
        }
        switch (parts[0], suffix) {
        case ("site.yml", _):
            let reader = YAMLReader(file: file, problems: problems)
            for (key, value) in reader.scalars(in: 0..<bytes.count) {
                site.facts[key] = value
            }
        case ("texts", ".yml"):
            site.catalogs.append(TextCatalog(language: inside, file: file, problems))
        case ("layouts", ".html"), ("layouts", ".txt"):
            site.layouts[inside + suffix] = template(.part)
        case ("components", ".html"), ("components", ".txt"):
            site.components[inside + suffix] = template(.part)
        case ("forms", ".html"):
            site.forms.append(template(.form))
        case ("mails", ".html"), ("mails", ".txt"):
            site.mails[inside + suffix] = template(.mail)
        case ("pages", ".html"):
            site.pages.append(Self.page(inside, file, problems))
        default:
            problems.report(
                "nothing is done with such a file; site/ holds site.yml, texts/*.yml, "
                    + "layouts, components, pages and forms of .html, mails of .html and .txt, "
                    + "assets and static", at: file.location(0))
        }
    }

    /// Finds where a static page goes: a directory with an index, but for error pages.
    private static func page(
        _ inside: String, _ file: SourceFile, _ problems: Problems
    ) -> StaticPage {
        let last = inside.split(separator: "/").last ?? ""
        let parent = inside.dropLast(last.count)
        let isStatus = last.count == 3 && last.allSatisfy(\.isNumber)
        let name = last == "index" && !parent.isEmpty ? String(parent.dropLast()) : inside
        let directory = last == "index" ? String(parent) : inside + "/"
        return StaticPage(
            template: Template(name: name, role: .page, file: file, problems),
            url: "/" + (isStatus ? inside + ".html" : directory),
            output: isStatus ? inside + ".html" : directory + "index.html")
    }

    // The name changes whenever the contents do, which is all that a cache needs; nobody gains by
    // finding two files with one hash. So 32 bits of a stable hash are enough here.
    private static func asset(_ path: String, _ bytes: [UInt8]) -> Asset {
        var hash = StableHash()
        hash.combine(bytes)
        let digits = String(hash.value, radix: 16)
        let print = (String(repeating: "0", count: 16 - digits.count) + digits).prefix(8)
        let file = path.split(separator: "/").last ?? ""
        let stemCount = file.lastIndex(of: ".").map { file[..<$0].count } ?? file.count
        let stem = path.dropLast(file.count - stemCount)
        let name = "assets/\(stem)-\(print)\(file.dropFirst(stemCount))"
        return Asset(url: "/" + name, output: name, bytes: bytes)
    }

    private func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        // The first replacement character that the file does not itself contain.
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        return zip(bytes, repaired).enumerated().first { $1.0 != $1.1 }?.offset ?? bytes.count
    }

    /// Puts the site's own language first.
    private mutating func checkLanguages() {
        guard let language = site.facts["language"] else {
            let file = SourceFile(path: root + "/site.yml", bytes: [])
            problems.report("the site does not say its `language:`", at: file.location(0))
            return
        }
        guard site.catalogs.contains(where: { $0.language == language.text }) else {
            problems.report(
                "there is no texts/\(language.text).yml", at: language.location)
            return
        }
        site.catalogs.sort {
            ($0.language != language.text ? 1 : 0, $0.language)
                < ($1.language != language.text ? 1 : 0, $1.language)
        }
    }
}
