/// A record that was not written by this program, or not by this version of it.
package struct RecordError: Error, Equatable, CustomStringConvertible {
    package let line: Int
    package let expected: String

    package init(line: Int, expected: String) {
        self.line = line
        self.expected = expected
    }

    package var description: String { "line \(line): expected \(expected)" }
}

/// A value which is kept as a text file that a person can read, and which has one spelling.
package protocol Record: Equatable {
    /// The first word of the file and the version behind it, such as `account 1`.
    static var heading: String { get }
    /// The lines below the heading, each `name value`.
    var lines: [String] { get }
    /// Reads the lines below the heading, in the order in which they were written.
    init(from reader: inout RecordReader) throws(RecordError)
}

extension Record {
    /// The text of the record's file.
    package var record: String {
        ([Self.heading] + lines).joined(separator: "\n") + "\n"
    }

    /// Reads the text of a file; anything but what `record` would write is refused.
    package init(record: String) throws(RecordError) {
        var reader = RecordReader(record)
        try reader.heading(Self.heading)
        self = try Self(from: &reader)
        try reader.end()
        guard self.record == record else {
            let line = zip(self.record.split(separator: "\n"), record.split(separator: "\n"))
                .enumerated().first { $0.element.0 != $0.element.1 }?.offset
            throw RecordError(line: (line ?? 0) + 1, expected: "the one spelling of its value")
        }
    }
}

/// Reads `name value` lines in the order in which they were written.
package struct RecordReader {
    private var lines: ArraySlice<Substring>
    private var line = 0

    // Bytes are split and compared, because finding where characters end takes most of the time.
    init(_ text: String) {
        let newline = UInt8(ascii: "\n")
        lines =
            text.utf8.split(separator: newline, omittingEmptySubsequences: false)
            .map(Substring.init)[...]
    }

    fileprivate mutating func heading(_ heading: String) throws(RecordError) {
        line += 1
        guard lines.popFirst().map(String.init) == heading else {
            throw RecordError(line: line, expected: "'\(heading)'")
        }
    }

    /// Returns the value of the next line, which must be called `name` and satisfy `parse`.
    package mutating func field<Value>(
        _ name: String, _ parse: (Substring) -> Value?
    ) throws(RecordError) -> Value {
        guard let value = try optional(name, parse) else {
            throw RecordError(line: line + 1, expected: "'\(name)' and a value")
        }
        return value
    }

    /// Returns the value of the next line if it is called `name`, and nil if it is another's.
    package mutating func optional<Value>(
        _ name: String, _ parse: (Substring) -> Value?
    ) throws(RecordError) -> Value? {
        let start = "\(name) ".utf8
        guard let next = lines.first, next.utf8.starts(with: start) else { return nil }
        line += 1
        lines.removeFirst()
        guard let value = parse(Substring(next.utf8.dropFirst(start.count))) else {
            throw RecordError(line: line, expected: "'\(name)' and a value that it can have")
        }
        return value
    }

    /// Returns the values of all following lines that are called `name`.
    package mutating func list<Value>(
        _ name: String, _ parse: (Substring) -> Value?
    ) throws(RecordError) -> [Value] {
        var values: [Value] = []
        while let value = try optional(name, parse) {
            values.append(value)
        }
        return values
    }

    fileprivate func end() throws(RecordError) {
        guard lines == [""] else { throw RecordError(line: line + 1, expected: "nothing more") }
    }
}

extension Substring {
    /// Takes the text apart at its spaces.
    ///
    /// - Returns: As many fields as asked for, of which the last goes on to the end, or nil if the
    ///   text has fewer.
    package func fields(_ count: Int) -> [Substring]? {
        let fields = utf8.split(
            separator: UInt8(ascii: " "), maxSplits: count - 1, omittingEmptySubsequences: false)
        return fields.count == count ? fields.map(Substring.init) : nil
    }
}
