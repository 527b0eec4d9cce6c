private import Foundation

/// A table of users in a file, read row by row.
package struct UserTable {
    /// How a table is written.
    package enum Format: String, CaseIterable, Sendable {
        /// One JSON object in each line, as `postern accounts export` writes it.
        case jsonLines = "jsonl"
        /// A line of names and a line of values for each user, between commas (RFC 4180) or tabs.
        case csv
        /// Lines of a name, a colon and a hash, as `htpasswd` writes them.
        case htpasswd
    }

    /// What a row says, or why it cannot be taken over, and the line on which it begins.
    package typealias Row = (line: Int, user: Result<UserRow, UserRowError>)

    private let format: Format
    private let domain: String?
    private var lines: NumberedLines
    private var csv: CSVRecords?

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - descriptor: The file, which somebody else closes.
    ///   - format: How it is written.
    ///   - domain: What stands behind the `@` of those whose address is a name alone.
    /// - Throws: ``UserRowError`` if the names of the columns cannot be read.
    package init(
        _ descriptor: Int32, _ format: Format, domain: String?
    ) throws(UserRowError) {
        self.format = format
        self.domain = domain
        lines = NumberedLines(descriptor)
        if format == .csv { csv = try CSVRecords(header: &lines) }
    }

    /// How many bytes were read so far.
    package var byteCount: Int { lines.byteCount }

    /// The next row; nil at the end.
    package mutating func next() -> Row? {
        if csv != nil { return nextRecord() }
        while let line = lines.next() {
            guard !line.text.allSatisfy(\.isWhitespace) else { continue }
            if format == .htpasswd, line.text.first == "#" { continue }
            return (line.number, row(line.text))
        }
        return nil
    }

    private mutating func nextRecord() -> Row? {
        guard let (number, record) = csv?.next(&lines) else { return nil }
        return (
            number,
            Result { () throws(UserRowError) in try UserRow(try record.get(), domain: domain) }
        )
    }

    private func row(_ line: String) -> Result<UserRow, UserRowError> {
        Result { () throws(UserRowError) in
            let columns = format == .htpasswd ? try pair(line) : try object(line)
            return try UserRow(columns, domain: domain)
        }
    }

    private func pair(_ line: String) throws(UserRowError) -> [String: String] {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count > 1 else {
            throw UserRowError(description: "expected a name, a colon and a hash")
        }
        return ["address": String(fields[0]), "hash": String(fields[1])]
    }

    /// The members of a JSON object as text; a list is its texts with spaces between.
    private func object(_ line: String) throws(UserRowError) -> [String: String] {
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)),
            let members = object as? [String: Any]
        else { throw UserRowError(description: "expected a JSON object") }
        return members.compactMapValues { value in
            switch value {
            case let text as String: text
            case let texts as [String]: texts.joined(separator: " ")
            case let number as NSNumber: number.stringValue
            default: nil
            }
        }
    }
}
