// How people read codes, and how they type them.

extension String {
    /// Returns a text of ASCII in groups of four characters, which the eye can keep.
    func inGroupsOfFour(separatedBy separator: String) -> String {
        let characters = Array(utf8)
        return stride(from: 0, to: characters.count, by: 4).map { start in
            String(decoding: characters[start...].prefix(4), as: UTF8.self)
        }.joined(separator: separator)
    }
}

extension StringProtocol {
    /// The characters of a code that somebody typed or pasted.
    ///
    /// Spaces, hyphens and invisible characters are left out, and full-width forms are ASCII.
    var typedCharacters: some Sequence<Unicode.Scalar> {
        unicodeScalars.lazy.filter { !$0.isBetweenTypedCharacters }.map(\.narrowed)
    }
}

extension Unicode.Scalar {
    fileprivate var isBetweenTypedCharacters: Bool {
        switch properties.generalCategory {
        case .dashPunctuation, .format: true
        default: properties.isWhitespace || self == "\u{2212}"  // the minus sign
        }
    }

    /// The ASCII character that a full-width form stands for.
    fileprivate var narrowed: Self {
        guard ("\u{FF01}"..."\u{FF5E}").contains(self) else { return self }
        return Self(value - 0xFEE0) ?? self
    }
}
