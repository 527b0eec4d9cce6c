/// The words of one language, by key.
struct TextCatalog {
    /// The language, as `en`.
    let language: String
    fileprivate var texts: [String: Text] = [:]

    /// Reads a file of texts.
    init(language: String, file: SourceFile, _ problems: Problems) {
        self.language = language
        let reader = YAMLReader(file: file, problems: problems)
        for (key, value) in reader.scalars(in: 0..<file.bytes.count) {
            guard texts[key] == nil else {
                problems.report("a second text \"\(key)\"", at: value.location)
                continue
            }
            texts[key] = Text(value, problems)
        }
    }

    subscript(key: String) -> Text? { texts[key] }

    /// The direction of a script, as HTML's `dir=` says it.
    enum Direction: String {
        case leftToRight = "ltr"
        case rightToLeft = "rtl"
    }

    static let directionKey = "language.direction"

    /// What the language calls itself.
    var name: String? { texts["language.name"]?.plainWords }

    /// In which direction it is written; nil if what the file says is none.
    var direction: Direction? {
        guard let text = texts[Self.directionKey] else { return .leftToRight }
        return text.plainWords.flatMap(Direction.init)
    }

    /// What parts the thousands of a number.
    var thousands: String { texts["language.thousands"]?.plainWords ?? "" }

    /// Tells whether a text is made like a key: of small letters, digits, hyphens and dots.
    static func isKey(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-.".utf8.contains($0)
        }
    }

    var keys: some Sequence<String> { texts.keys }
}

extension [TextCatalog] {
    /// Takes texts in; those of a language that is there already stay.
    mutating func add(_ catalog: TextCatalog) {
        guard let index = firstIndex(where: { $0.language == catalog.language }) else {
            return append(catalog)
        }
        self[index].texts.merge(catalog.texts) { own, _ in own }
    }
}

/// Words with places for values, and perhaps a little markup.
struct Text {
    enum Part {
        case words(String)
        case markup(String)
        case value(String)  // {name}
        case url(String)  // {url route}
    }

    let parts: [Part]
    let location: Location

    /// The words of a text that is nothing else.
    var plainWords: String? {
        guard parts.count == 1, case .words(let words) = parts[0] else { return nil }
        return words
    }

    /// The tags that a text may hold, besides `<a href="…">`.
    private static let tags =
        ["strong", "em", "b", "code"].flatMap { ["<\($0)>", "</\($0)>"] }
        + ["<br>", "</a>", "<a href=\""]

    /// Finds places and markup in a text.
    init(_ scalar: Scalar, _ problems: Problems) {
        location = scalar.location
        let text = scalar.text
        var parts: [Part] = []
        var index = text.startIndex
        // Where the words begin that are no part yet.
        var start = index
        var isInLink = false
        func put(_ part: Part?, from sign: String.Index, upTo end: String.Index) {
            if start < sign {
                parts.append(.words(String(text[start..<sign])))
            }
            parts += [part].compactMap(\.self)
            start = end
            index = end
        }
        let isSign = { (byte: UInt8) in
            byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "\"")
        }
        while let sign = text.utf8[index...].firstIndex(where: isSign) {
            let rest = text.utf8[sign...]
            index = text.utf8.index(after: sign)
            if let place = Self.place(at: rest) {
                put(place.part, from: sign, upTo: place.end)
            } else if isInLink, rest.first == UInt8(ascii: "\"") {
                if !rest.starts(with: "\">".utf8) {
                    problems.report("<a href=\"…\"> in a text has no other attribute", at: location)
                }
                let end = rest.firstIndex(of: UInt8(ascii: ">")).map(rest.index(after:))
                put(.markup("\">"), from: sign, upTo: end ?? text.endIndex)
                isInLink = false
            } else if !isInLink, let tag = Self.tags.first(where: { rest.starts(with: $0.utf8) }) {
                put(.markup(tag), from: sign, upTo: rest.index(sign, offsetBy: tag.utf8.count))
                isInLink = tag.hasPrefix("<a")
            } else if rest.first == UInt8(ascii: "<"), let next = rest.dropFirst().first,
                next.isLetter || "/!?".utf8.contains(next)
            {
                problems.report(
                    "a text may hold <a href=\"…\">, <strong>, <em>, <b>, <code>, <br> and no "
                        + "other markup", at: location)
            }
        }
        if isInLink {
            problems.report("<a href=\"…\"> has no end", at: location)
        }
        put(nil, from: text.endIndex, upTo: text.endIndex)
        self.parts = parts
    }

    /// Reads `{name}` or `{url route}`.
    private static func place(at text: Substring.UTF8View) -> (part: Part, end: String.Index)? {
        guard text.first == UInt8(ascii: "{"), let close = text.firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        let words = text[text.index(after: text.startIndex)..<close]
            .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        let isName = { (word: Substring.UTF8View) in
            !word.isEmpty
                && word.allSatisfy { $0.isLetter || $0.isDigit || "-.:".utf8.contains($0) }
        }
        guard words.allSatisfy(isName) else { return nil }
        let end = text.index(after: close)
        switch (words.count, String(Substring(words[0]))) {
        case (1, let name): return (.value(name), end)
        case (2, "url"): return (.url(String(Substring(words[1]))), end)
        default: return nil
        }
    }
}
