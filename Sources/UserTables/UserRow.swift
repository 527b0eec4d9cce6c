package import Accounts
package import Cryptography

/// One person of a table of users, as another program or this one wrote it.
package struct UserRow: Sendable {
    /// The hash of a password.
    package enum Password: Sendable {
        /// A hash of another program.
        case imported(ImportedHash)
        /// A hash of this program, for which the pepper is needed.
        case own(PasswordHash)
    }

    package let address: EmailAddress
    package let name: PersonName
    package let language: LanguageTag?
    /// The hash of the password, or nil for somebody who has none that works.
    package let password: Password?
    package let createdAt: Timestamp?
    package let isDisabled: Bool
    package let groups: Set<GroupName>
}

/// Why a row cannot be taken over.
///
/// Nothing of a password stands in it.
package struct UserRowError: Error, Equatable, CustomStringConvertible {
    package let description: String
}

extension UserRow {
    /// Reads a row by the names of its columns.
    ///
    /// They are ours, those of WordPress (`wp_users`) and those of Django (`auth_user`). Others are not
    /// looked at.
    ///
    /// - Parameters:
    ///   - columns: The values by name; one that is not there, or is empty, is none.
    ///   - domain: What stands behind the `@` of those whose address is a name alone.
    /// - Throws: ``UserRowError``.
    package init(_ columns: [String: String], domain: String?) throws(UserRowError) {
        let columns = columns.filter { !$0.value.isEmpty }
        func first(_ names: String...) -> (name: String, value: String)? {
            names.lazy.compactMap { name in columns[name].map { (name, $0) } }.first
        }

        guard var written = first("address", "email", "user_email", "username")?.value else {
            throw UserRowError(description: "there is no address")
        }
        if !written.contains("@"), let domain { written += "@\(domain)" }
        guard let address = EmailAddress(written) else {
            throw UserRowError(
                description: "'\(written.escaped(limit: 254))' is not an e-mail address")
        }
        self.address = address

        let name =
            first("name", "display_name")?.value
            ?? [columns["first_name"], columns["last_name"]].compactMap(\.self)
            .joined(separator: " ")
        guard let name = PersonName(name) else {
            throw UserRowError(description: "the name is too long, or has a control character")
        }
        self.name = name

        language = columns["language"].flatMap { LanguageTag($0) }
        guard language != nil || columns["language"] == nil else {
            throw UserRowError(description: "'language' is no tag of a language")
        }

        password = try Self.password(first("hash", "password", "user_pass")?.value)
        createdAt = try Self.moment(first("created", "date_joined", "user_registered"))
        let isActive = try Self.truth("is_active", columns) ?? true
        isDisabled = try Self.truth("disabled", columns) ?? !isActive

        var groups: Set<GroupName> = []
        for word in (columns["groups"] ?? "").split(whereSeparator: { " ,".contains($0) }) {
            guard let group = GroupName(String(word)) else {
                throw UserRowError(
                    description: "'\(String(word).escaped(limit: 40))' is not the name of a group")
            }
            groups.insert(group)
        }
        self.groups = groups
    }

    private static func password(_ text: String?) throws(UserRowError) -> Password? {
        // Django puts `!` before what no password makes, Unix also `*` or an `x` alone.
        guard let text, text.first != "!", text.first != "*", text != "x" else { return nil }
        if text.hasPrefix("$scrypt$"), let own = PasswordHash(text: text) { return .own(own) }
        do {
            return .imported(try ImportedHash(text: text))
        } catch {
            throw UserRowError(description: "\(error)")
        }
    }

    /// Reads a yes or no as JSON, Django, PostgreSQL and MariaDB write it.
    private static func truth(
        _ name: String, _ columns: [String: String]
    ) throws(UserRowError) -> Bool? {
        switch columns[name]?.lowercased() {
        case nil: nil
        case "1", "t", "true", "yes": true
        case "0", "f", "false", "no": false
        default: throw UserRowError(description: "'\(name)' is neither yes nor no")
        }
    }

    /// Reads a moment such as `2026-11-21 09:12:00`, with a `T` for the space, a fraction, and an
    /// offset from UTC if there are any.
    private static func moment(
        _ column: (name: String, value: String)?
    ) throws(UserRowError) -> Timestamp? {
        // MariaDB has zeros for none.
        guard let (name, text) = column, !text.hasPrefix("0000-00-00") else { return nil }
        let digits = text.prefix(19).replacing(" ", with: "T")
        var rest = text.dropFirst(19)
        if rest.first == "." { rest = rest.dropFirst().drop { ("0"..."9").contains($0) } }
        guard let moment = Timestamp(text: digits + "Z"), let offset = offset(rest) else {
            throw UserRowError(description: "'\(name)' is no date and time")
        }
        return moment - offset
    }

    /// The seconds of an offset such as `+01:00`, `+01`, `Z` or none.
    private static func offset(_ text: Substring) -> Int64? {
        guard let sign = text.first, text != "Z" else { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard
            "+-".contains(sign), [2, 4].contains(digits.count),
            digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int64(digits)
        else { return nil }
        let minutes = digits.count == 2 ? 60 * number : number / 100 * 60 + number % 100
        return (sign == "-" ? -60 : 60) * minutes
    }
}
