/// Reads a template's source into nodes.
struct TemplateParser {
    private let file: SourceFile
    private let finder: TagFinder
    private let end: Int
    private let problems: Problems
    private var offset: Int

    /// What ended a run of nodes.
    private enum Ending {
        case file
        case otherwise(Location)
        case close(String, Location, isWholeLine: Bool)
    }

    /// Reads `range` of a file.
    ///
    /// - Returns: The nodes that could be understood; the rest stands in `problems`.
    static func parse(_ file: SourceFile, _ range: Range<Int>, _ problems: Problems) -> [Node] {
        var parser = TemplateParser(
            file: file, finder: TagFinder(file: file, range: range), end: range.upperBound,
            problems: problems, offset: range.lowerBound)
        var nodes: [Node] = []
        while true {
            let (more, ending) = parser.nodes()
            nodes += more
            switch ending {
            case .file:
                return nodes
            case .otherwise(let location):
                problems.report("{{else}} outside of {{#if}} and {{#unless}}", at: location)
            case .close(let name, let location, _):
                problems.report("{{/\(name)}} closes nothing", at: location)
            }
        }
    }

    private mutating func nodes() -> ([Node], Ending) {
        var nodes: [Node] = []
        while offset < end {
            guard let start = finder.start(from: offset) else {
                literal(offset..<end, to: &nodes)
                offset = end
                break
            }
            let location = file.location(start)
            guard let contents = finder.contents(from: start) else {
                problems.report("{{ without }}", at: location)
                offset = end
                break
            }
            let lines = finder.wholeLines(of: contents)
            literal(offset..<(lines?.lowerBound ?? start), to: &nodes)
            offset = lines?.upperBound ?? contents.upperBound + 2

            if let ending = tag(contents, at: location, isWholeLine: lines != nil, to: &nodes) {
                return (nodes, ending)
            }
        }
        return (nodes, .file)
    }

    private func literal(_ range: Range<Int>, to nodes: inout [Node]) {
        guard !range.isEmpty else { return }
        nodes.append(
            Node(
                kind: .literal(Array(file.bytes[range])), location: file.location(range.lowerBound))
        )
    }

    // MARK: What tags say

    /// Reads one tag, and what it encloses.
    private mutating func tag(
        _ contents: Range<Int>, at location: Location, isWholeLine: Bool, to nodes: inout [Node]
    ) -> Ending? {
        guard contents.isEmpty || file.bytes[contents.lowerBound] != UInt8(ascii: "!") else {
            return nil
        }
        let tag = Tag(contents, in: file, from: location, problems)
        guard let first = tag.words.first, first.value == nil else {
            problems.report("a tag begins with what it does", at: location)
            return nil
        }
        let rest = tag.words.dropFirst()
        switch first.text {
        case "else":
            return .otherwise(location)
        case "#if", "#unless":
            if let node = condition(tag, isNegated: first.text == "#unless") {
                nodes.append(node)
            }
        case "#each":
            let body = enclosed(by: "each", at: location).body
            if let name = single(rest, of: tag, "a list") {
                nodes.append(Node(kind: .each(name, body: body), location: location))
            }
        case ">", "#>":
            component(
                rest, at: location, hasBody: first.text == "#>", isWholeLine: isWholeLine,
                to: &nodes)
        case "t":
            if let key = rest.first, key.value == nil {
                let call = TextCall(
                    key: keyParts(key), arguments: arguments(rest.dropFirst()))
                nodes.append(Node(kind: .text(call), location: key.location))
            } else {
                problems.report("{{t}} needs the key of a text", at: location)
            }
        case "asset":
            if let name = single(rest, of: tag, "a file of assets/") {
                nodes.append(Node(kind: .asset(name), location: tag.words[1].location))
            }
        case "url":
            if let name = single(rest, of: tag, "a route") {
                nodes.append(Node(kind: .url(name), location: tag.words[1].location))
            }
        case "#example":
            let body = enclosed(by: "example", at: location).body
            nodes.append(Node(kind: .example(arguments(rest), body: body), location: location))
        case "source":
            if single(rest, of: tag, "a component") != nil {
                nodes.append(
                    Node(kind: .source(keyParts(tag.words[1])), location: tag.words[1].location))
            }
        case "content", "body":
            nodes.append(
                Node(kind: first.text == "body" ? .body : .content, location: location))
        case _ where first.text.hasPrefix("/"):
            return .close(
                String(first.text.dropFirst()), location, isWholeLine: isWholeLine)
        case _ where first.text.hasPrefix("$"):
            let name = String(first.text.dropFirst())
            let body = enclosed(by: name, at: location).body
            nodes.append(Node(kind: .block(name, body), location: location))
        case _ where first.text.hasPrefix(">") || first.text.hasPrefix("#>"):
            // `{{>field}}`, written without a space.
            let sign = first.text.hasPrefix(">") ? 1 : 2
            let word = Tag.Word(
                text: String(first.text.dropFirst(sign)), value: nil,
                location: first.location.advanced(by: sign))
            component(
                [word] + rest, at: location, hasBody: sign == 2, isWholeLine: isWholeLine,
                to: &nodes)
        case _ where first.text.hasPrefix("#") || !rest.isEmpty:
            problems.report("there is no tag {{\(first.text) …}}", at: first.location)
        default:
            nodes.append(Node(kind: .variable(first.text), location: first.location))
        }
        return nil
    }

    /// Reads up to the closing tag of that name, past every `{{else}}`.
    private mutating func enclosed(
        by name: String, at location: Location, allowsElse: Bool = false
    ) -> (body: [Node], otherwise: [Node], endsWholeLine: Bool) {
        var parts: [[Node]] = []
        while true {
            let (nodes, ending) = nodes()
            parts.append(nodes)
            switch ending {
            case .otherwise(let location) where !allowsElse || parts.count > 1:
                problems.report("a second or stray {{else}}", at: location)
            case .otherwise:
                break
            case .close(let other, let closing, let isWholeLine):
                if other != name {
                    problems.report("{{/\(other)}} where {{/\(name)}} is due", at: closing)
                }
                return (parts[0], Array(parts.dropFirst().joined()), isWholeLine)
            case .file:
                problems.report("nothing closes this; {{/\(name)}} is missing", at: location)
                return (parts[0], Array(parts.dropFirst().joined()), false)
            }
        }
    }

    private mutating func condition(_ tag: Tag, isNegated: Bool) -> Node? {
        let name = isNegated ? "unless" : "if"
        let (body, otherwise, _) = enclosed(by: name, at: tag.location, allowsElse: true)
        let words = tag.words.dropFirst()
        guard let subject = words.first, words.allSatisfy({ $0.value == nil }) else {
            problems.report("{{#\(name)}} needs a name", at: tag.location)
            return nil
        }
        var cases: [KeyPart]?
        if let word = words.dropFirst().first {
            guard word.text == "is", words.count > 2 else {
                problems.report(
                    "{{#\(name)}} takes a name, or a name, \"is\" and cases", at: word.location)
                return nil
            }
            cases = words.dropFirst(2).flatMap(keyParts)
        }
        return Node(
            kind: .condition(
                Condition(name: subject.text, cases: cases),
                then: isNegated ? otherwise : body, otherwise: isNegated ? body : otherwise),
            location: subject.location)
    }

    private mutating func component(
        _ words: some Collection<Tag.Word>, at location: Location, hasBody: Bool,
        isWholeLine: Bool, to nodes: inout [Node]
    ) {
        guard let name = words.first, name.value == nil else {
            problems.report("{{>}} needs the name of a component", at: location)
            return
        }
        let inside = hasBody ? enclosed(by: name.text, at: location) : nil
        let call = ComponentCall(
            name: name.text, arguments: arguments(words.dropFirst()), body: inside?.body,
            isWholeLine: inside?.endsWholeLine ?? isWholeLine)
        nodes.append(Node(kind: .component(call), location: name.location))
    }

    private func arguments(_ words: some Sequence<Tag.Word>) -> [Argument] {
        words.compactMap { word in
            guard let value = word.value else {
                problems.report("\"\(word.text)\" lacks a value: name=value", at: word.location)
                return nil
            }
            return Argument(name: word.text, value: value, location: word.location)
        }
    }

    private func single(
        _ words: some Collection<Tag.Word>, of tag: Tag, _ what: String
    ) -> String? {
        guard let word = words.first, words.count == 1, word.value == nil else {
            problems.report("{{\(tag.words[0].text)}} needs the name of \(what)", at: tag.location)
            return nil
        }
        return word.text
    }

    /// Splits `problems.[message]` at its brackets.
    private func keyParts(_ word: Tag.Word) -> [KeyPart] {
        var parts: [KeyPart] = []
        var rest = word.text[...]
        var location = word.location
        while let open = rest.firstIndex(of: "[") {
            guard let close = rest[open...].firstIndex(of: "]") else {
                problems.report("[ without ]", at: word.location)
                return []
            }
            if open > rest.startIndex {
                parts.append(
                    KeyPart(kind: .literal(String(rest[..<open])), location: location))
            }
            let name = rest[rest.index(after: open)..<close]
            location = location.advanced(by: rest[...open].utf8.count)
            parts.append(KeyPart(kind: .bracket(String(name)), location: location))
            location = location.advanced(by: name.utf8.count + 1)
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty {
            parts.append(KeyPart(kind: .literal(String(rest)), location: location))
        }
        return parts
    }
}
