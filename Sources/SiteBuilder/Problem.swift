/// Something wrong in the site, at a place.
struct Problem {
    let location: Location
    let message: String
    /// The template that was being built, if the place is in a file which many share.
    let template: String?
}

extension Problem: CustomStringConvertible {
    /// `file:line:column: message`, the line, and a caret below the column.
    var description: String {
        let line = location.line
        return """
            \(location.file.path):\(line.number):\(line.column): \(message)\(context)
            \(line.text)
            \(Self.margin(below: line.before))^

            """
    }

    private var context: String { template.map { " (for \($0))" } ?? "" }

    /// Blank text as wide as `text` on a terminal; tabs stay tabs.
    private static func margin(below text: String) -> String {
        text.reduce(into: "") { margin, character in
            switch character {
            case "\t": margin += "\t"
            case _ where isWide(character): margin += "  "
            default: margin += " "
            }
        }
    }

    // East Asian wide and fullwidth characters and pictures take two columns (UAX #11), as far as
    // a caret needs to know.
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return scalar.properties.isEmojiPresentation
            || [
                0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
                0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd,
            ].contains { $0.contains(scalar.value) }
    }
}

/// The problems of one run.
final class Problems {
    private struct Key: Hashable {
        let location: Location
        let message: String
    }

    private var found: [Key: Problem] = [:]

    /// Notes a problem; the same words at the same place count once.
    ///
    /// - Parameters:
    ///   - message: What is wrong, and what to do.
    ///   - location: Where.
    ///   - template: The path of the template that is being built.
    func report(_ message: String, at location: Location, building template: String? = nil) {
        let key = Key(location: location, message: message)
        let context = template == location.file.path ? nil : template
        if found[key] == nil {
            found[key] = Problem(location: location, message: message, template: context)
        }
    }

    /// The problems in the order of the files.
    var sorted: [Problem] {
        found.values.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    }

    var isEmpty: Bool { found.isEmpty }

    var count: Int { found.count }
}

/// Returns the name that was probably meant, as the end of a sentence.
func suggestion(for name: String, among names: some Sequence<String>) -> String {
    let near = names.map { (distance(name, $0), $0) }.min { $0 < $1 }
    guard let (distance, name) = near, distance <= max(1, name.count / 3) else { return "" }
    return "; did you mean \"\(name)\"?"
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one name
/// into the other (the optimal string alignment distance).
private func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var least = min(
                rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                least = min(least, rows[i - 1][j - 1] + 1)
            }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
