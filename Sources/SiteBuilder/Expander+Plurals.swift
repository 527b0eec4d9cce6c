import Hypertext

// Texts that count. `{{t days.[count]}}` is `days.one`, `days.other` and so on, by the plural forms
// that the language has. A form without a text takes that of `other`, and a text that has no forms
// serves for all numbers.

extension Expander {
    /// Puts one text for each plural form of a count, which completes a key.
    func pluralText(
        _ prefix: String, of count: SlotReference, isLast: Bool, at location: Location,
        _ put: (String) -> [Piece]
    ) -> [Piece] {
        guard isLast, prefix.hasSuffix(".") else {
            report("a count completes a key at its end: \"key.[\(count.path)]\"", at: location)
            return []
        }
        guard let rule = PluralRule(language: catalog.language) else {
            report("which plural forms \"\(catalog.language)\" has is not known", at: location)
            return []
        }
        for form in PluralForm.allCases where !rule.forms.contains(form) && form != .other {
            guard let text = catalog[prefix + form.name] else { continue }
            report(
                "\"\(catalog.language)\" has no plural form \"\(form.name)\"; it has "
                    + rule.forms.map(\.name).joined(separator: ", "), at: text.location)
        }
        let keys = rule.forms.map { key(prefix, for: $0) ?? prefix + PluralForm.other.name }
        guard Set(keys).count > 1 else { return put(keys[0]) }
        let branches = PluralForm.allCases.map { rule.forms.firstIndex(of: $0) ?? 0 }
        return [.choose(count, branches: keys.map(put), branchOfCase: branches, location)]
    }

    /// Finds the key for a number that is known now, as in the styleguide.
    ///
    /// - Returns: nil if it is no number, or there is a text of just that name.
    func pluralKey(_ prefix: String, for number: String) -> String? {
        guard
            catalog[prefix + number] == nil, prefix.hasSuffix("."), let number = UInt32(number),
            let rule = PluralRule(language: catalog.language)
        else { return nil }
        return key(prefix, for: rule.form(of: Int(number)))
    }

    private func key(_ prefix: String, for form: PluralForm) -> String? {
        [prefix + form.name, prefix + PluralForm.other.name, String(prefix.dropLast())]
            .first { catalog[$0] != nil }
    }
}
