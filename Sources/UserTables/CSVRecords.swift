/// The records of a table with a header: values between commas, with quotes where they have commas
/// or line breaks (RFC 4180), or values between tabs, with backslashes as `mariadb --batch` writes
/// them.
struct CSVRecords {
    private let hasTabs: Bool
    private let names: [String]

    /// The most bytes of a record; a quote that is never closed would else take in the whole file.
    private static let longest = 1 << 20

    /// Reads the names of the columns.
    init(header lines: inout NumberedLines) throws(UserRowError) {
        guard let line = lines.next() else { throw UserRowError(description: "it is empty") }
        // Some programs put a byte order mark first.
        let text = line.text.first == "\u{FEFF}" ? String(line.text.dropFirst()) : line.text
        hasTabs = text.contains("\t")
        guard let names = hasTabs ? Self.tabbed(text) : Self.quoted(text) else {
            throw UserRowError(description: "expected the names of the columns")
        }
        self.names = names
    }

    /// The next record as values by name, and the line on which it begins.
    func next(
        _ lines: inout NumberedLines
    ) -> (line: Int, record: Result<[String: String], UserRowError>)? {
        var first: Int?
        var text = ""
        while let line = lines.next() {
            if first == nil, line.text.isEmpty { continue }
            text += first == nil ? line.text : "\n" + line.text
            first = first ?? line.number
            // A value in quotes may go on in the next line; its own quotes are doubled.
            let quotes = text.utf8.count { $0 == UInt8(ascii: "\"") }
            if hasTabs || quotes.isMultiple(of: 2) || text.utf8.count > Self.longest { break }
        }
        return first.map { ($0, record(text)) }
    }

    private func record(_ text: String) -> Result<[String: String], UserRowError> {
        guard let fields = hasTabs ? Self.tabbed(text) : Self.quoted(text) else {
            return .failure(
                UserRowError(description: "a quote stands where none can, or is not closed"))
        }
        guard fields.count == names.count else {
            return .failure(
                UserRowError(
                    description: "expected \(names.count) values and found \(fields.count)"))
        }
        var values: [String: String] = [:]
        // What databases write for no value.
        for (name, value) in zip(names, fields) where value != "NULL" && value != "\\N" {
            values[name] = value
        }
        return .success(values)
    }

    /// Takes a record apart that has tabs.
    private static func tabbed(_ text: String) -> [String] {
        text.split(separator: "\t", omittingEmptySubsequences: false).map { field in
            guard field != "\\N", field.contains("\\") else { return String(field) }
            var value = ""
            var isEscaped = false
            for character in field {
                if isEscaped {
                    value.append(["t": "\t", "n": "\n"][character] ?? character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else {
                    value.append(character)
                }
            }
            return value
        }
    }

    /// Takes a record apart that has commas.
    ///
    /// - Returns: nil if a quote stands where none can, or is not closed.
    private static func quoted(_ text: String) -> [String]? {
        enum Place { case begin, bare, quoted, behindQuote }
        let quote = UInt8(ascii: "\"")
        var fields: [[UInt8]] = [[]]
        var place = Place.begin
        for byte in text.utf8 {
            switch (place, byte) {
            case (.begin, quote): place = .quoted
            case (.quoted, quote): place = .behindQuote
            case (.quoted, _): fields[fields.count - 1].append(byte)
            // Two quotes are one of the value.
            case (.behindQuote, quote):
                fields[fields.count - 1].append(byte)
                place = .quoted
            case (_, UInt8(ascii: ",")):
                fields.append([])
                place = .begin
            case (.behindQuote, _), (.bare, quote): return nil
            default:
                fields[fields.count - 1].append(byte)
                place = .bare
            }
        }
        return place == .quoted ? nil : fields.map { String(decoding: $0, as: UTF8.self) }
    }
}
