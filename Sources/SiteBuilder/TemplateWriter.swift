import Hypertext

/// A template in one language, ready to be written.
struct CompiledTemplate {
    let name: String
    let language: String
    let schema: Schema
    let segments: [Segment]
    /// What parts the thousands of a number.
    var thousands = ""
}

/// Writes the file of compiled templates that `Hypertext` reads; it is drawn beside `Operation`.
struct TemplateWriter {
    private var table: [UInt8] = []
    private var operations: [Operation] = []
    private var pool: [UInt8] = []
    private var runs: [Run: UInt32] = [:]
    private var count: UInt32 = 0

    /// Writes templates that have no problem.
    ///
    /// Of one name, the template in the site's default language comes first, as it was given first.
    static func file(of templates: [CompiledTemplate]) -> [UInt8] {
        var writer = TemplateWriter()
        let ordered = templates.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for template in ordered {
            writer.add(template)
        }
        return writer.file
    }

    private mutating func add(_ template: CompiledTemplate) {
        var assembler = Assembler(thousands: template.thousands)
        let own = assembler.operations(template.segments) { run(for: $0) }
        for bytes in [Array(template.name.utf8), Array(template.language.utf8)] {
            let run = run(for: bytes)
            table.append(littleEndian: run.offset)
            table.append(littleEndian: run.count)
        }
        table.append(littleEndian: template.schema.hash)
        table.append(littleEndian: UInt32(operations.count))
        table.append(littleEndian: UInt32(own.count))
        operations += own
        count += 1
    }

    private var file: [UInt8] {
        var file = Array("SEG2".utf8)
        for number in [count, UInt32(operations.count), UInt32(pool.count)] {
            file.append(littleEndian: number)
        }
        file += table
        for operation in operations {
            operation.append(to: &file)
        }
        return file + pool
    }

    /// Returns where bytes stand in the pool; equal runs stand there once.
    private mutating func run(for bytes: [UInt8]) -> (offset: UInt32, count: UInt32) {
        let count = UInt32(bytes.count)
        if let offset = runs[Run(bytes: bytes)] {
            return (offset, count)
        }
        let offset = UInt32(pool.count)
        runs[Run(bytes: bytes)] = offset
        pool += bytes
        return (offset, count)
    }

    /// Bytes of the pool, hashed in one go; an array of bytes would be hashed one by one.
    private struct Run: Hashable {
        let bytes: [UInt8]

        func hash(into hasher: inout Hasher) {
            unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        }
    }
}

/// Turns segments into operations.
private struct Assembler {
    private let thousands: String
    private var operations: [Operation] = []

    init(thousands: String) {
        self.thousands = thousands
    }

    mutating func operations(
        _ segments: [Segment], run: ([UInt8]) -> (offset: UInt32, count: UInt32)
    ) -> [Operation] {
        add(segments, run)
        return operations
    }

    private var end: UInt32 { UInt32(operations.count) }

    private mutating func add(
        _ segments: [Segment], _ run: ([UInt8]) -> (offset: UInt32, count: UInt32)
    ) {
        for segment in segments {
            switch segment {
            case .text(let bytes):
                guard !bytes.isEmpty else { continue }
                let run = run(bytes)
                operations.append(Operation(.text, a: run.offset, b: run.count))
            case .slot(let reference, let escaper):
                operations.append(Operation(.show, escaper: escaper, of: reference))
                guard case .count = reference.type, !thousands.isEmpty else { continue }
                let run = run(Array(escaper.escape(thousands).utf8))
                operations[operations.count - 1].a = run.offset
                operations[operations.count - 1].b = run.count
            case .branch(let reference, let then, let otherwise):
                let test = operations.count
                operations.append(Operation(.unless, of: reference))
                add(then, run)
                guard !otherwise.isEmpty else {
                    operations[test].a = end
                    continue
                }
                let skip = operations.count
                operations.append(Operation(.jump))
                operations[test].a = end
                add(otherwise, run)
                operations[skip].a = end
            case .choose(let reference, let branches, let branchOfCase):
                choose(reference, branches, branchOfCase, run)
            case .each(let reference, let body):
                let loop = operations.count
                operations.append(Operation(.each, of: reference))
                add(body, run)
                operations[loop].a = end
            }
        }
    }

    private mutating func choose(
        _ reference: SlotReference, _ branches: [[Segment]], _ branchOfCase: [Int],
        _ run: ([UInt8]) -> (offset: UInt32, count: UInt32)
    ) {
        let count = UInt32(branchOfCase.count)
        operations.append(Operation(.choose, of: reference, a: count))
        let jumps = operations.count
        operations += branchOfCase.map { _ in Operation(.jump) }

        var starts: [UInt32] = []
        var exits: [Int] = []
        for branch in branches {
            starts.append(end)
            add(branch, run)
            exits.append(operations.count)
            operations.append(Operation(.jump))
        }
        for exit in exits {
            operations[exit].a = end
        }
        for (index, branch) in branchOfCase.enumerated() {
            operations[jumps + index].a = starts[branch]
        }
    }
}

extension Operation {
    /// An operation on a slot.
    fileprivate init(
        _ kind: Kind, escaper: Escaper? = nil, of reference: SlotReference, a: UInt32 = 0
    ) {
        self.init(
            kind, escaper: escaper, depth: UInt8(reference.depth), slot: UInt8(reference.slot), a: a
        )
    }
}
