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

    private let templateCount: Int
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
        guard version == "1" else { throw .otherFormat(file: path, version: String(version)) }
        guard bytes.count >= Self.headerByteCount else { throw .truncated(file: path) }

        templateCount = bytes.position(at: 4)
        operationCount = bytes.position(at: 8)
        poolCount = bytes.position(at: 12)
        operations = Self.headerByteCount + templateCount * Self.entryByteCount
        pool = operations + operationCount * Operation.byteCount
        guard bytes.count >= pool + poolCount else { throw .truncated(file: path) }
        guard bytes.count == pool + poolCount else { throw .damaged(file: path) }
    }

    /// Reads the table of templates and checks the operations of each.
    func entries(in bytes: Span<UInt8>, path: String) throws(TemplateError) -> [TemplateEntry] {
        var entries: [TemplateEntry] = []
        entries.reserveCapacity(templateCount)
        var first = 0
        for index in 0..<templateCount {
            let offset = Self.headerByteCount + index * Self.entryByteCount
            let count = bytes.position(at: offset + 28)
            guard
                let name = text(bytes.run(at: offset), in: bytes),
                let language = text(bytes.run(at: offset + 8), in: bytes),
                bytes.position(at: offset + 24) == first, count <= operationCount - first,
                let textCount = check(first..<(first + count), in: bytes)
            else { throw .damaged(file: path) }

            entries.append(
                TemplateEntry(
                    name: name, language: language,
                    schemaHash: bytes.longNumber(at: offset + 16),
                    operations: first..<(first + count), textCount: textCount))
            first += count
        }
        guard first == operationCount else { throw .damaged(file: path) }
        return entries
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
                    a <= poolCount && Int(operation.b) <= poolCount - a
                case .show:
                    operation.escaper != nil && operation.depth <= body.depth
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
