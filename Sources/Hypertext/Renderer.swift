/// Performs the operations of one template and gathers what they append.
struct Renderer {
    /// A row of a list, or the page itself.
    private struct Scope {
        let rows: SlotRows
        let row: Int
    }

    private let file: TemplateFile
    private let entry: TemplateEntry
    private var scopes: [Scope]
    private(set) var output: [UInt8] = []

    // Room for what slots usually add to the fixed text, so that the output need not grow.
    private static let slotAllowance = 1024

    init(_ entry: TemplateEntry, of file: TemplateFile, showing record: SlotRows) {
        self.file = file
        self.entry = entry
        scopes = []
        scopes.reserveCapacity(TemplateLayout.deepestNesting + 1)
        scopes.append(Scope(rows: record, row: 0))
        output.reserveCapacity(entry.textCount + Self.slotAllowance)
    }

    /// Performs all operations.
    mutating func run() throws(TemplateError) {
        try perform(0..<entry.operations.count)
    }

    private mutating func perform(_ body: Range<Int>) throws(TemplateError) {
        var index = body.lowerBound
        while index < body.upperBound {
            let operation = file.operation(at: entry.operations.lowerBound + index)
            index += 1
            switch operation.kind {
            case .text:
                file.appendText(at: Int(operation.a), count: Int(operation.b), to: &output)
            case .show:
                try show(operation)
            case .unless:
                if try isEmpty(operation) {
                    index = Int(operation.a)
                }
            case .jump:
                index = Int(operation.a)
            case .choose:
                let chosen = try chosen(operation)
                guard chosen < operation.a else { throw damaged }
                index += chosen  // to the jump that stands for the case
            case .each:
                guard case .list(let rows) = try value(operation) else { throw damaged }
                for row in 0..<rows.count {
                    scopes.append(Scope(rows: rows, row: row))
                    try perform(index..<Int(operation.a))
                    scopes.removeLast()
                }
                index = Int(operation.a)
            }
        }
    }

    private mutating func show(_ operation: Operation) throws(TemplateError) {
        guard let escaper = operation.escaper else { throw damaged }
        switch try value(operation) {
        case .text(let text):
            guard escaper != .url || URLText.isAllowed(text) else {
                throw .unsafeURL(template: entry.name)
            }
            escaper.append(text, to: &output)
        case .message(let message):
            let words = try message.render(in: entry.language, from: file)
            escaper.append(String(decoding: words.trimmingNewlines, as: UTF8.self), to: &output)
        case .count(let number):
            show(number, partedBy: operation)
        case .flag, .choice, .list:
            throw damaged
        }
    }

    /// Appends a number, its thousands parted by the run that an operation names.
    ///
    /// Four digits stay together: that is right in every language, and a rule in some.
    private mutating func show(_ number: Int, partedBy operation: Operation) {
        let digits = Array(String(number).utf8)
        for (index, digit) in digits.enumerated() {
            if digits.count > 4, index > 0, (digits.count - index).isMultiple(of: 3) {
                file.appendText(at: Int(operation.a), count: Int(operation.b), to: &output)
            }
            output.append(digit)
        }
    }

    /// The case of a choice, or the form that the template's language has for a number.
    private func chosen(_ operation: Operation) throws(TemplateError) -> Int {
        switch try value(operation) {
        case .choice(let position): return position
        case .count(let number):
            let rule = PluralRule(language: entry.language) ?? .alike
            return rule.form(of: number).rawValue
        case .text, .message, .flag, .list: throw damaged
        }
    }

    private func isEmpty(_ operation: Operation) throws(TemplateError) -> Bool {
        switch try value(operation) {
        case .text(let text): text.isEmpty
        case .message: false
        case .count(let number): number == 0
        case .flag(let isSet): !isSet
        case .choice: false
        case .list(let rows): rows.count == 0
        }
    }

    private func value(_ operation: Operation) throws(TemplateError) -> SlotValue {
        let scope = scopes[Int(operation.depth)]
        guard let value = scope.rows.value(row: scope.row, slot: Int(operation.slot)) else {
            throw damaged
        }
        return value
    }

    private var damaged: TemplateError { .damaged(file: file.path) }
}

/// The URLs that may stand in a link whose text comes from a slot.
enum URLText {
    /// Tells whether a text is path-absolute, or absolute with a harmless scheme, or empty.
    ///
    /// A path that begins with two slashes would name another host (RFC 3986 §4.2).
    static func isAllowed(_ text: String) -> Bool {
        if text.hasPrefix("/") {
            return !text.hasPrefix("//")
        }
        return text.isEmpty
            || ["https://", "http://", "otpauth://"].contains { text.hasPrefix($0) }
    }
}
