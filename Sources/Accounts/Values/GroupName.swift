/// The name of a group of accounts, which the operator gives: small letters, digits and hyphens.
package struct GroupName: Sendable, Hashable, Word {
    package let text: String
    package init(unchecked text: String) { self.text = text }
}

/// The name of an audience: small letters, digits and hyphens.
package struct AudienceName: Sendable, Hashable, Word {
    package let text: String
    package init(unchecked text: String) { self.text = text }
}

/// A name of 1 to 40 small letters, digits and hyphens, beginning with a letter.
package protocol Word {
    /// Takes a text which is known to be one.
    init(unchecked text: String)
}

extension Word {
    /// Takes a name; anything else is refused.
    package init?(_ text: String) {
        guard (1...40).contains(text.utf8.count), ("a"..."z").contains(text.first ?? " "),
            text.utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            })
        else { return nil }
        self.init(unchecked: text)
    }
}
