import Hypertext

/// What a template says of itself between `---` lines.
struct FrontMatter {
    /// `title: …` and every other single value.
    private(set) var scalars: [String: Scalar] = [:]
    /// `redirect-from:` and whatever else is a list.
    private(set) var lists: [String: [Scalar]] = [:]
    /// The declared slots by dotted path, in order.
    private(set) var slots: [(path: String, value: Scalar)] = []
    /// What a page of the styleguide says of the slots of its layout.
    private(set) var example: [Argument] = []
    /// A component's parameters, and whether each may be left out.
    private(set) var parameters: [(name: String, isOptional: Bool)] = []
    /// Where the template itself begins.
    private(set) var bodyStart: Int
    /// Where to point when something is not declared.
    let location: Location

    /// Reads the front matter of a file, if it has any.
    ///
    /// The first heading of a Markdown file is its title, unless the front matter has one.
    init(of file: SourceFile, isMarkdown: Bool = false, _ problems: Problems) {
        self.init(fencedIn: file, problems)
        if isMarkdown, scalars["title"] == nil {
            takeTitle(from: file)
        }
    }

    private init(fencedIn file: SourceFile, _ problems: Problems) {
        let fence = Array("---\n".utf8)
        location = file.location(0)
        guard file.bytes.starts(with: fence) else {
            bodyStart = 0
            return
        }
        var end = fence.count
        while end < file.bytes.count, !file.bytes[end...].starts(with: fence) {
            let newline = file.bytes[end...].firstIndex(of: UInt8(ascii: "\n"))
            end = newline.map { $0 + 1 } ?? file.bytes.count
        }
        bodyStart = min(end + fence.count, file.bytes.count)
        guard end < file.bytes.count else {
            problems.report("the front matter has no second --- line", at: location)
            return
        }
        let reader = YAMLReader(file: file, problems: problems)
        for (name, section) in reader.sections(in: fence.count..<end) {
            switch (name, section) {
            case ("slots", .mapping(let declared)):
                slots = declared.map { ($0.key, $0.value) }
            case ("slots", .scalar(let scalar)) where scalar.text.isEmpty:
                break
            case ("example", .mapping(let values)):
                example = values.map {
                    Argument(
                        name: $0.key, value: .literal($0.value.text), location: $0.value.location)
                }
            case ("parameters", .scalar(let scalar)):
                parameters = scalar.text.split(separator: " ").map {
                    (String($0.hasSuffix("?") ? $0.dropLast() : $0), $0.hasSuffix("?"))
                }
            case (_, .scalar(let scalar)):
                scalars[name] = scalar
            case (_, .list(let list)):
                lists[name] = list
            case (_, .mapping(let inner)):
                problems.report(
                    "\"\(name)\" is not a single value", at: inner.first?.value.location ?? location
                )
            }
        }
    }

    /// Takes `# Title` off the beginning of the text.
    private mutating func takeTitle(from file: SourceFile) {
        guard
            let first = file.bytes[bodyStart...].firstIndex(where: { !$0.isBlank }),
            file.bytes[first...].starts(with: "# ".utf8)
        else { return }
        let end = file.bytes[first...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
        // A title is words: the marks of code go.
        let words = String(decoding: file.bytes[(first + 2)..<end], as: UTF8.self).filter {
            $0 != "`"
        }
        scalars["title"] = Scalar(text: words, location: file.location(first + 2))
        bodyStart = end
    }

    /// Tells whether something is said to be so: `draft: yes`.
    func isSet(_ name: String) -> Bool { scalars[name]?.text == "yes" }

    /// The declared slots as a tree, in the order in which they were declared.
    func declarations(_ problems: Problems) -> [SlotDeclaration] {
        declarations(below: "", problems)
    }

    private func declarations(below prefix: String, _ problems: Problems) -> [SlotDeclaration] {
        slots.compactMap { path, value in
            guard path.hasPrefix(prefix) else { return nil }
            let name = String(path.dropFirst(prefix.count))
            guard !name.contains(".") else {
                let list = prefix + name.prefix { $0 != "." }
                if !slots.contains(where: { $0.path == list && $0.value.text == "list" }) {
                    problems.report("there is no list \"\(list)\" to hold this", at: value.location)
                }
                return nil
            }
            let words = value.text.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("text", 1): return SlotDeclaration(name, .text)
            case ("url", 1): return SlotDeclaration(name, .url)
            case ("count", 1): return SlotDeclaration(name, .count)
            case ("flag", 1): return SlotDeclaration(name, .flag)
            case ("list", 1):
                return SlotDeclaration(
                    name, .list(declarations(below: path + ".", problems)))
            case ("choice", 2...):
                return SlotDeclaration(name, .choice(Array(words.dropFirst())))
            default:
                problems.report(
                    "a slot is text, url, count, flag, list, or choice and its cases",
                    at: value.location)
                return nil
            }
        }
    }
}
