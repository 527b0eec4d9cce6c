/// A template's place in the file.
struct TemplateEntry: Sendable, Equatable {
    let name: String
    let language: String
    let schemaHash: UInt64
    /// The positions of its operations among all of the file.
    let operations: Range<Int>
    /// How many bytes of fixed text its operations name.
    let textCount: Int
}

/// Where the parts of a file of compiled templates begin.
///
/// The file is drawn beside `Operation`.
struct TemplateLayout: Sendable {
    /// The offset of the first operation.
    let operations: Int
    /// The offset of the pool.
    let pool: Int
    /// How many templates there are, in all languages together.
    let templateCount: Int

    private let operationCount: Int
    private let poolCount: Int

    private static let headerByteCount = 16
    private static let entryByteCount = 32

    /// How many lists may stand in one another.
    ///
    /// Each multiplies the time a page takes, so a damaged file must not have many.
    static let deepestNesting = 4

    /// Reads the header of a file.
    init(of bytes: Span<UInt8>, path: String) throws(TemplateError) {
        guard
            bytes.count >= 4, bytes[0] == UInt8(ascii: "S"), bytes[1] == UInt8(ascii: "E"),
            bytes[2] == UInt8(ascii: "G"), case let version = Unicode.Scalar(bytes[3]),
            ("0"..."9").contains(version)
        else { throw .notTemplates(file: path) }
        guard version == "2" else { throw .otherFormat(file: path, version: String(version)) }
        guard bytes.count >= Self.headerByteCount else { throw .truncated(file: path) }

        templateCount = bytes.position(at: 4)
        operationCount = bytes.position(at: 8)
        poolCount = bytes.position(at: 12)
        operations = Self.headerByteCount + templateCount * Self.entryByteCount
        pool = operations + operationCount * Operation.byteCount
        guard bytes.count >= pool + poolCount else { throw .truncated(file: path) }
        guard bytes.count == pool + poolCount else { throw .damaged(file: path) }
    }

    /// Finds the position of a template in the table.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - language: Its language; a site that lacks it has the template in its own.
    ///   - bytes: The file.
    /// - Returns: nil if there is none of that name.
    func position(of name: String, _ language: String, in bytes: Span<UInt8>) -> Int? {
        let wanted = name.utf8.span
        var low = 0
        var high = templateCount
        while low < high {
            let middle = (low + high) / 2
            guard let order = order(of: .name, at: middle, in: bytes, beside: wanted) else {
                return nil
            }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        let first = low
        var position = first
        while position < templateCount,
            order(of: .name, at: position, in: bytes, beside: wanted) == 0
        {
            let isThatLanguage =
                order(of: .language, at: position, in: bytes, beside: language.utf8.span) == 0
            if isThatLanguage { return position }
            position += 1
        }
        return position > first ? first : nil
    }

    /// The languages of the first template, which are those of all.
    func languages(in bytes: Span<UInt8>) -> [String] {
        var languages: [String] = []
        while languages.count < templateCount, let name = word(.name, at: 0, in: bytes),
            let other = word(.name, at: languages.count, in: bytes), other == name,
            let language = word(.language, at: languages.count, in: bytes)
        {
            languages.append(language)
        }
        return languages
    }

    /// The names of the templates, each of which stands there in every language.
    func names(in bytes: Span<UInt8>) -> [String] {
        let stride = max(1, languages(in: bytes).count)
        return (0..<(templateCount / stride)).compactMap {
            word(.name, at: $0 * stride, in: bytes)
        }
    }

    /// Reads one template of the table and checks its operations.
    func entry(
        at position: Int, in bytes: Span<UInt8>, path: String
    ) throws(TemplateError) -> TemplateEntry {
        let offset = Self.headerByteCount + position * Self.entryByteCount
        let first = bytes.position(at: offset + 24)
        let count = bytes.position(at: offset + 28)
        guard
            let name = word(.name, at: position, in: bytes),
            let language = word(.language, at: position, in: bytes),
            first <= operationCount, count <= operationCount - first,
            let textCount = check(first..<(first + count), in: bytes)
        else { throw .damaged(file: path) }
        return TemplateEntry(
            name: name, language: language, schemaHash: bytes.longNumber(at: offset + 16),
            operations: first..<(first + count), textCount: textCount)
    }

    /// Checks every template, and that they stand in their order.
    func verify(in bytes: Span<UInt8>, path: String) throws(TemplateError) {
        let languages = languages(in: bytes)
        var names: [String] = []
        for position in 0..<templateCount {
            let entry = try entry(at: position, in: bytes, path: path)
            guard entry.language == languages[position % languages.count] else {
                throw .damaged(file: path)
            }
            if position.isMultiple(of: languages.count) {
                guard names.last.map({ Self.precedes($0, entry.name) }) ?? true else {
                    throw .damaged(file: path)
                }
                names.append(entry.name)
            }
            guard names.last == entry.name else { throw .damaged(file: path) }
        }
        guard templateCount == names.count * languages.count else { throw .damaged(file: path) }
    }

    private static func precedes(_ name: String, _ other: String) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// The two words by which a template is found, as offsets of their runs in its entry.
    private enum Word: Int {
        case name = 0
        case language = 8
    }

    private func run(
        of word: Word, at position: Int, in bytes: Span<UInt8>
    ) -> (offset: Int, count: Int) {
        bytes.run(at: Self.headerByteCount + position * Self.entryByteCount + word.rawValue)
    }

    private func word(_ word: Word, at position: Int, in bytes: Span<UInt8>) -> String? {
        text(run(of: word, at: position, in: bytes), in: bytes)
    }

    /// Compares a word with another: less than 0 if it comes before that, 0 if it is the same.
    ///
    /// - Returns: nil if the word lies outside of the pool.
    private func order(
        of word: Word, at position: Int, in bytes: Span<UInt8>, beside other: Span<UInt8>
    ) -> Int? {
        let run = run(of: word, at: position, in: bytes)
        guard run.offset <= poolCount, run.count <= poolCount - run.offset else { return nil }
        for index in 0..<min(run.count, other.count) {
            let difference = Int(bytes[pool + run.offset + index]) - Int(other[index])
            if difference != 0 { return difference }
        }
        return run.count - other.count
    }

    private func text(_ run: (offset: Int, count: Int), in bytes: Span<UInt8>) -> String? {
        guard run.offset <= poolCount, run.count <= poolCount - run.offset else { return nil }
        let start = pool + run.offset
        return unsafe bytes.extracting(start..<(start + run.count)).withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
    }
}

// MARK: - The operations of a template

extension TemplateLayout {
    /// Checks the operations of one template.
    ///
    /// - Returns: The bytes of fixed text they name, or `nil` if an operation is bad.
    private func check(_ positions: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        guard
            let operations = operations(at: positions, in: bytes),
            let bodies = bodies(of: operations)
        else { return nil }
        var textCount = 0
        for (index, operation) in operations.enumerated() {
            let body = bodies[index]
            let a = Int(operation.a)
            let isGood =
                switch operation.kind {
                case .text:
                    isInPool(operation)
                case .show:
                    operation.escaper != nil && operation.depth <= body.depth
                        && isInPool(operation)
                case .unless:
                    operation.depth <= body.depth
                        && isTarget(a, from: index, in: body, bodies)
                case .jump:
                    isTarget(a, from: index, in: body, bodies)
                case .choose:
                    operation.depth <= body.depth && a < body.end - index
                        && operations[(index + 1)...].prefix(a).allSatisfy { $0.kind == .jump }
                case .each:
                    operation.depth <= body.depth
                }
            guard isGood else { return nil }
            if operation.kind == .text {
                textCount += Int(operation.b)
            }
        }
        return textCount
    }

    private func isInPool(_ operation: Operation) -> Bool {
        Int(operation.a) <= poolCount && Int(operation.b) <= poolCount - Int(operation.a)
    }

    /// The rows of a list, or the whole template, as the operations that perform it.
    private struct Body: Equatable {
        let start: Int
        let end: Int
        let depth: Int
    }

    /// Finds for each operation the innermost body it lies in.
    private func bodies(of operations: [Operation]) -> [Body]? {
        var open = [Body(start: 0, end: operations.count, depth: 0)]
        var bodies: [Body] = []
        bodies.reserveCapacity(operations.count)
        for (index, operation) in operations.enumerated() {
            while open.count > 1, let innermost = open.last, innermost.end == index {
                open.removeLast()
            }
            guard let body = open.last else { return nil }
            bodies.append(body)
            guard operation.kind == .each else { continue }

            let end = Int(operation.a)
            guard index < end, end <= body.end, body.depth < Self.deepestNesting else { return nil }
            open.append(Body(start: index + 1, end: end, depth: body.depth + 1))
        }
        return bodies
    }

    private func isTarget(_ target: Int, from index: Int, in body: Body, _ bodies: [Body]) -> Bool {
        guard index < target, target <= body.end else { return false }
        return target == body.end || bodies[target] == body
    }

    private func operations(at positions: Range<Int>, in bytes: Span<UInt8>) -> [Operation]? {
        var operations: [Operation] = []
        operations.reserveCapacity(positions.count)
        for position in positions {
            let offset = self.operations + position * Operation.byteCount
            guard let operation = Operation(at: offset, in: bytes) else { return nil }
            operations.append(operation)
        }
        return operations
    }
}

extension Span<UInt8> {
    /// Reads a number or an offset.
    fileprivate func position(at offset: Int) -> Int { Int(number(at: offset)) }

    /// Reads an offset and a count.
    fileprivate func run(at offset: Int) -> (offset: Int, count: Int) {
        (position(at: offset), position(at: offset + 4))
    }
}
