import Yams

/// A word or number of a YAML file.
struct Scalar {
    let text: String
    let location: Location

    /// The nodes of a template that stands in a single value.
    ///
    /// They are read where they stand, behind a quotation mark perhaps. What YAML folded or
    /// escaped stands nowhere as it is, so it is read by itself.
    func nodes(_ problems: Problems) -> [Node] {
        let bytes = Array(text.utf8)
        let file = location.file
        for start in [location.offset, location.offset + 1]
        where file.bytes.dropFirst(start).starts(with: bytes) {
            return TemplateParser.parse(file, start..<(start + bytes.count), problems)
        }
        let line = SourceFile(path: file.path, bytes: bytes)
        return TemplateParser.parse(line, 0..<bytes.count, problems)
    }
}

/// Reads the YAML of front matter, of `site.yml` and of the texts.
struct YAMLReader {
    let file: SourceFile
    let problems: Problems

    /// Reads the lines of `range` as one mapping.
    ///
    /// - Returns: Its pairs in order, nested mappings flattened with dots.
    func scalars(in range: Range<Int>) -> [(key: String, value: Scalar)] {
        guard let root = mapping(in: range) else { return [] }
        return flatten(root, prefix: "", from: range.lowerBound)
    }

    /// Reads the lines of `range` as one mapping, whose values may be mappings or lists of scalars.
    func sections(in range: Range<Int>) -> [(key: String, value: Section)] {
        if let plain = PlainYAML.scalars(in: range, of: file) {
            return plain.map { ($0.key, .scalar($0.value)) }
        }
        guard let root = mapping(in: range) else { return [] }
        return root.compactMap { key, value in
            let name = key.scalar?.string ?? ""
            if let mapping = value.mapping {
                return (name, .mapping(flatten(mapping, prefix: "", from: range.lowerBound)))
            }
            if let sequence = value.sequence {
                return (name, .list(sequence.compactMap { scalar($0, from: range.lowerBound) }))
            }
            return scalar(value, from: range.lowerBound).map { (name, .scalar($0)) }
        }
    }

    /// A value of front matter, or of a file of facts.
    enum Section {
        case scalar(Scalar)
        case mapping([(key: String, value: Scalar)])
        case list([Scalar])
    }

    /// Reads the whole file as a list of mappings.
    func records() -> [[(key: String, value: Scalar)]] {
        guard let root = root(in: 0..<file.bytes.count) else { return [] }
        guard let sequence = root.sequence else {
            problems.report("expected a list, each of `- name: value` lines", at: file.location(0))
            return []
        }
        return sequence.compactMap { node in
            guard let mapping = node.mapping else {
                problems.report("expected `name: value` lines", at: location(of: node, from: 0))
                return nil
            }
            return flatten(mapping, prefix: "", from: 0)
        }
    }

    private func mapping(in range: Range<Int>) -> Yams.Node.Mapping? {
        guard let root = root(in: range) else { return nil }
        guard let mapping = root.mapping else {
            problems.report("expected `name: value` lines", at: file.location(range.lowerBound))
            return nil
        }
        return mapping
    }

    private func root(in range: Range<Int>) -> Yams.Node? {
        let text = String(decoding: file.bytes[range], as: UTF8.self)
        do {
            // Every value is a text here, whatever YAML would take it for.
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch YamlError.scanner(_, let problem, let mark, _),
            YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            problems.report("YAML: \(problem)", at: location(of: mark, from: range.lowerBound))
        } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
            let names = duplicates.map { "\"\($0)\"" }.sorted().joined(separator: ", ")
            problems.report(
                "more than one \(names) here",
                at: location(of: context.mark, from: range.lowerBound))
        } catch {
            problems.report("YAML: \(error)", at: file.location(range.lowerBound))
        }
        return nil
    }

    private func flatten(
        _ mapping: Yams.Node.Mapping, prefix: String, from base: Int
    ) -> [(key: String, value: Scalar)] {
        mapping.flatMap { key, value -> [(key: String, value: Scalar)] in
            let name = prefix + (key.scalar?.string ?? "")
            if let inner = value.mapping {
                return flatten(inner, prefix: name + ".", from: base)
            }
            return scalar(value, from: base).map { [(name, $0)] } ?? []
        }
    }

    private func scalar(_ node: Yams.Node, from base: Int) -> Scalar? {
        let location = location(of: node, from: base)
        guard let scalar = node.scalar else {
            problems.report("expected a single value, not a list", at: location)
            return nil
        }
        return Scalar(text: scalar.string, location: location)
    }

    private func location(of node: Yams.Node, from base: Int) -> Location {
        node.mark.map { location(of: $0, from: base) } ?? file.location(base)
    }

    /// Turns a mark, whose column counts scalars, into an offset of the file.
    private func location(of mark: Mark, from base: Int) -> Location {
        let linesBefore = file.bytes[..<base].count { $0 == UInt8(ascii: "\n") }
        var offset = file.offset(ofLine: linesBefore + mark.line)
        var scalars = 1
        while offset < file.bytes.count, file.bytes[offset] != UInt8(ascii: "\n") {
            // All bytes of a scalar but the first are 10xxxxxx (RFC 3629 §3).
            if file.bytes[offset] & 0xc0 != 0x80 {
                guard scalars < mark.column else { break }
                scalars += 1
            }
            offset += 1
        }
        return file.location(offset)
    }
}
