import CCMark
import Glibc

/// A page's CommonMark, and tables as GitHub has them, turned into HTML.
final class Markdown {
    /// The HTML, in which only what the author wrote as HTML can be wrong.
    private(set) var html: [UInt8] = []
    /// The ids of the headings.
    private(set) var ids: [(id: String, location: Location)] = []
    /// Where links and pictures lead.
    private(set) var links: [(link: AttributeValue, location: Location)] = []
    /// What the author wrote as HTML, piece by piece.
    private(set) var rawHTML: [(bytes: [UInt8], location: Location)] = []

    private let problems: Problems
    private let addresses: SourceAddresses
    /// Where the page's source lies.
    private let path: String
    private let allowsHTML: Bool
    private var source: MarkdownSource
    private var heading: String?

    /// Reads the page's text.
    ///
    /// - Parameters:
    ///   - template: The page.
    ///   - addresses: Where the files of the site are served to which Markdown links.
    ///   - problems: Where mistakes are noted.
    init(of template: Template, _ addresses: SourceAddresses, _ problems: Problems) {
        self.problems = problems
        self.addresses = addresses
        path = template.file.path
        allowsHTML = template.frontMatter.isSet("html")
        source = MarkdownSource(file: template.file, start: template.frontMatter.bodyStart)

        let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT)
        defer { unsafe cmark_parser_free(parser) }
        unsafe cmark_parser_attach_syntax_extension(parser, Self.tables)
        unsafe template.file.bytes[template.frontMatter.bodyStart...].withUnsafeBytes {
            unsafe cmark_parser_feed(parser, $0.baseAddress, $0.count)
        }
        let root = unsafe cmark_parser_finish(parser)
        defer { unsafe cmark_node_free(root) }
        unsafe visit(root)
        let options = allowsHTML ? CMARK_OPT_UNSAFE : CMARK_OPT_DEFAULT
        let extensions = unsafe cmark_parser_get_syntax_extensions(parser)
        if let text = unsafe cmark_render_html(root, options, extensions) {
            let rendered = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
            html = unsafe Self.withIDs(rendered)
            unsafe free(text)
        }
    }

    /// What reads tables.
    private nonisolated(unsafe) static let tables = {
        cmark_gfm_core_extensions_ensure_registered()
        return unsafe cmark_find_syntax_extension("table")
    }()

    private func visit(_ root: OpaquePointer?) {
        let iterator = unsafe cmark_iter_new(root)
        defer { unsafe cmark_iter_free(iterator) }
        while true {
            let event = unsafe cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE else { return }
            let node = unsafe cmark_iter_get_node(iterator)
            let isEntered = event == CMARK_EVENT_ENTER
            switch unsafe cmark_node_get_type(node) {
            case CMARK_NODE_HEADING where isEntered:
                unsafe source.enter(node)
                heading = ""
            case CMARK_NODE_HEADING:
                unsafe endHeading(node)
            case CMARK_NODE_PARAGRAPH where isEntered:
                unsafe source.enter(node)
            case CMARK_NODE_TEXT, CMARK_NODE_CODE:
                if heading != nil, let text = unsafe cmark_node_get_literal(node) {
                    heading? += unsafe String(cString: text)
                }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
                heading? += " "
            case CMARK_NODE_LINK where isEntered, CMARK_NODE_IMAGE where isEntered:
                unsafe read(link: node)
            case CMARK_NODE_HTML_BLOCK:
                unsafe source.enter(node)
                unsafe read(html: node)
            case CMARK_NODE_HTML_INLINE:
                unsafe read(html: node)
            case _ where isEntered:
                unsafe straighten(table: node)
            default:
                break
            }
        }
    }

    /// Aligns no column, if the node is a table: HTML has no attribute any more that would do so.
    private func straighten(table node: OpaquePointer?) {
        let columns = unsafe cmark_gfm_extensions_get_table_columns(node)
        guard columns > 0 else { return }
        var alignments = [UInt8](repeating: 0, count: Int(columns))
        unsafe cmark_gfm_extensions_set_table_alignments(node, columns, &alignments)
    }

    // MARK: - Headings

    /// Gives a heading its id: the words, or what stands in `{#id}` at its end.
    private func endHeading(_ node: OpaquePointer?) {
        let text = heading ?? ""
        heading = nil
        let location = source.block
        let level = unsafe cmark_node_get_heading_level(node)
        if level == 1 {
            problems.report(
                "a second title; the layout shows the page's, so begin with \"##\"", at: location)
        }
        let id = unsafe takeID(from: node) ?? Self.id(of: text)
        guard !id.isEmpty else {
            problems.report(
                "a heading without letters; give it an id: \"## … {#id}\"", at: location)
            return
        }
        ids.append((id, location))

        // A heading can have no attribute, but anything for its first child.
        let child = unsafe cmark_node_new(CMARK_NODE_CUSTOM_INLINE)
        unsafe cmark_node_set_on_enter(child, Self.mark + " id=\"\(id)\">")
        unsafe cmark_node_prepend_child(node, child)
    }

    /// What stands between `<h2>` and the attribute that belongs before the `>`.
    private static let mark = "\u{1}"

    /// Moves the ids of headings into their tags.
    private static func withIDs(_ rendered: UnsafeRawBufferPointer) -> [UInt8] {
        var html: [UInt8] = []
        html.reserveCapacity(rendered.count)
        var rest = unsafe rendered[...]
        while let mark = unsafe rest.firstIndex(of: 1) {
            unsafe html.append(contentsOf: rest[..<mark])
            unsafe rest = unsafe rest[(mark + 1)...]
            // A heading's mark is the first thing in it, whatever its author wrote.
            if html.suffix(4).starts(with: "<h".utf8), html.last == UInt8(ascii: ">") {
                html.removeLast()
            } else {
                html.append(1)
            }
        }
        unsafe html.append(contentsOf: rest)
        return html
    }

    /// Takes ` {#id}` off the end of a heading.
    private func takeID(from heading: OpaquePointer?) -> String? {
        guard
            let last = unsafe cmark_node_last_child(heading),
            unsafe cmark_node_get_type(last) == CMARK_NODE_TEXT,
            let literal = unsafe cmark_node_get_literal(last),
            case let text = unsafe String(cString: literal), text.hasSuffix("}"),
            let start = text.lastIndex(of: "{"),
            case let mark = text[start...].dropFirst().dropLast(), mark.first == "#",
            mark.count > 1, mark.dropFirst().allSatisfy({ $0.isASCII && Self.isKept($0) })
        else { return nil }
        let rest = text[..<start]
        unsafe cmark_node_set_literal(last, String(rest.prefix(rest.trimmedCount)))
        return String(mark.dropFirst())
    }

    /// Makes an id of words: letters and digits in lower case, joined by hyphens.
    static func id(of words: String) -> String {
        var id = ""
        for character in words.lowercased() {
            if isKept(character) {
                id.append(character)
            } else if character.isWhitespace, !id.isEmpty, id.last != "-" {
                id.append("-")
            }
        }
        return id.last == "-" ? String(id.dropLast()) : id
    }

    private static func isKept(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "_"
    }

    // MARK: - Links and HTML

    private func read(link node: OpaquePointer?) {
        guard let url = unsafe cmark_node_get_url(node) else { return }
        let text = unsafe String(cString: url)
        let location = source.find(link: Array(text.utf8))
        let address = addresses.address(of: text, from: path)
        if let address {
            unsafe cmark_node_set_url(node, address)
        }
        links.append((AttributeValue(text: Array((address ?? text).utf8)), location))
    }

    private func read(html node: OpaquePointer?) {
        guard let literal = unsafe cmark_node_get_literal(node) else { return }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: literal, count: strlen(literal)))
        let location = source.find(html: bytes)
        if Self.isComment(bytes) {
            // The iterator stands on the next node already.
            unsafe cmark_node_unlink(node)
            unsafe cmark_node_free(node)
            return
        }
        guard allowsHTML else {
            problems.report(
                "HTML in Markdown; write it as Markdown, or say `html: yes` in the front matter",
                at: location)
            return
        }
        rawHTML.append((bytes, location))
    }

    /// Tells whether a piece of HTML is one comment, which nobody but the author needs.
    private static func isComment(_ html: [UInt8]) -> Bool {
        let text = String(decoding: html, as: UTF8.self)
        let trimmed = text.prefix(text.trimmedCount)
        return trimmed.hasPrefix("<!--") && trimmed.hasSuffix("-->")
            && !trimmed.dropLast(3).contains("-->")
    }
}

/// Finds in a Markdown file what the parser speaks of.
private struct MarkdownSource {
    private let file: SourceFile
    /// The offset at which the text begins, which has line 1.
    private let start: Int
    /// Where the paragraph or heading begins.
    private(set) var block: Location
    // Where to look for what comes next; the parser goes through a file in order.
    private var cursor: Int
    private var line = 1
    private var lineStart: Int

    init(file: SourceFile, start: Int) {
        self.file = file
        self.start = start
        block = file.location(start)
        cursor = start
        lineStart = start
    }

    /// Notes that a block begins.
    mutating func enter(_ node: OpaquePointer?) {
        let target = Int(unsafe cmark_node_get_start_line(node))
        while line < target,
            let end = file.bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n"))
        {
            lineStart = end + 1
            line += 1
        }
        let column = Int(unsafe cmark_node_get_start_column(node))
        block = file.location(min(lineStart + max(column - 1, 0), file.bytes.count))
        cursor = max(cursor, lineStart)
    }

    /// Finds the next link to an address: `](address`, `<address`, or `]: address` anywhere.
    mutating func find(link: [UInt8]) -> Location {
        if let found = next(link, after: { "(<".utf8.contains($0) }, from: cursor) {
            cursor = found + link.count
            return file.location(found)
        }
        return next(link, after: \.isBlank, from: start).map(file.location) ?? block
    }

    /// Finds the next piece of HTML.
    mutating func find(html: [UInt8]) -> Location {
        guard let found = next(html, after: { _ in true }, from: cursor) else { return block }
        cursor = found + html.count
        return file.location(found)
    }

    private func next(
        _ text: [UInt8], after isBefore: (UInt8) -> Bool, from start: Int
    ) -> Int? {
        guard let first = text.first else { return nil }
        let bytes = file.bytes
        var index = start
        while let found = bytes[index...].firstIndex(of: first) {
            if bytes[found...].starts(with: text), found == start || isBefore(bytes[found - 1]) {
                return found
            }
            index = found + 1
        }
        return nil
    }
}

extension StringProtocol {
    /// The number of characters without the white space at the end.
    fileprivate var trimmedCount: Int {
        lastIndex { !$0.isWhitespace }.map { distance(from: startIndex, to: $0) + 1 } ?? 0
    }
}
