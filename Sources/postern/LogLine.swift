import Accounts

/// One line of the log, taken apart again; see `LogEntry`.
struct LogLine {
    let at: Timestamp
    /// The word behind the time, such as `auth`.
    let kind: String
    /// The fields in their order, their values as they were before they were written.
    let fields: [(name: String, value: String)]

    /// The value of a field, if there is one of that name.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Takes a line apart; nil if it is none of ours.
    init?(_ text: String) {
        var rest = Substring(text)
        func take(while isWanted: (Character) -> Bool) -> Substring {
            let taken = rest.prefix(while: isWanted)
            rest = rest[taken.endIndex...]
            return taken
        }
        let zone = "+00:00"
        let time = take { $0 != " " }
        guard time.hasSuffix(zone), let at = Timestamp(text: time.dropLast(zone.count) + "Z"),
            rest.popFirst() != nil
        else { return nil }
        self.at = at
        kind = String(take { $0 != " " })

        var fields: [(name: String, value: String)] = []
        while rest.popFirst() == " " {
            let name = String(take { $0 != "=" && $0 != " " })
            guard rest.popFirst() == "=" else { return nil }
            if rest.first == "\"" {
                guard let value = Self.takeQuoted(from: &rest) else { return nil }
                fields.append((name, value))
            } else {
                fields.append((name, String(take { $0 != " " })))
            }
        }
        guard rest.isEmpty, !kind.isEmpty else { return nil }
        self.fields = fields
    }

    /// Takes a value in quotes, and undoes what `String.escaped(limit:)` did.
    private static func takeQuoted(from rest: inout Substring) -> String? {
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                guard escaped == "u" else {
                    value.append(escaped)
                    continue
                }
                let digits = rest.dropFirst().prefix { $0 != "}" }
                guard rest.first == "{", digits.endIndex != rest.endIndex,
                    let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number)
                else { return nil }
                value.unicodeScalars.append(scalar)
                rest = rest[digits.endIndex...].dropFirst()
            default: value.append(character)
            }
        }
        return nil
    }

    /// The line for programs: its time, its kind, and a member for each field.
    var json: JSON {
        .object(
            [("at", .text(at.text)), ("kind", .text(kind))]
                + fields.map { ($0.name, .text($0.value)) })
    }
}
