// Languages are matched by lookup (RFC 4647 §3.4): a range that nothing has is cut at its last
// hyphen, and once more, until something has it.
//
//     de-Latn-AT-1996 → de-Latn-AT → de-Latn → de
//     zh-Hant-x-private → zh-Hant → zh        a single letter goes with what it introduces

extension Preferences {
    /// The language that suits best, for preferences that `Accept-Language` named (RFC 9110 §12.5.4).
    ///
    /// - Parameter tags: The languages there are.
    /// - Returns: One of them, spelt as it is there, or nil if none suits; `*` alone suits none.
    package func language(among tags: [String]) -> String? {
        first { range in
            guard range.utf8.count <= Self.longestRange else { return nil }
            var range = range[...]
            while true {
                if let tag = tags.first(where: { $0.lowercased() == range }) { return tag }
                guard let hyphen = range.lastIndex(of: "-") else { return nil }
                range = range[..<hyphen]
                if range.dropLast().last == "-" {
                    range = range.dropLast(2)
                }
            }
        }
    }

    /// Longer ranges name nothing that a site has (RFC 5646 §4.4.1).
    private static let longestRange = 35
}
