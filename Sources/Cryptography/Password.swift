private import UnicodeText

/// A password as a person typed it, in Normalization Form C (S3).
///
/// It is not trimmed, and whatever prints or dumps a value shows nothing of it.
package struct Password: Sendable {
    /// The longest password in bytes of UTF-8 (S2, A24).
    package static let maximumByteCount = 1024

    /// What is hashed, and what the scorer reads.
    package let plainText: String

    /// What was typed, as it came, or composed where that is too long.
    ///
    /// Other programs hash it so.
    let typed: String

    /// Takes what stood in the form.
    ///
    /// - Throws: ``PasswordError`` for more than ``maximumByteCount`` bytes or a NUL.
    package init(_ typed: String) throws(PasswordError) {
        // Composing shortens no text to less than a quarter (7 bytes to 2, U+1FBE U+0308 U+0341 to
        // U+0390, is the most), so this refuses nothing that would fit.
        guard typed.utf8.count <= 4 * Self.maximumByteCount else { throw .tooLong }
        guard !typed.utf8.contains(0) else { throw .containsNUL }
        plainText = typed.inNormalizationFormC
        guard plainText.utf8.count <= Self.maximumByteCount else { throw .tooLong }
        self.typed = typed.utf8.count <= Self.maximumByteCount ? typed : plainText
    }

    /// How many characters the password has, a code point being one (S1, S3).
    package var characterCount: Int { plainText.unicodeScalars.count }
}

extension Password: Concealed {
    /// A word in place of the password.
    package var description: String { "(password)" }
}

/// Why a text cannot be a password.
package enum PasswordError: Error, Equatable {
    /// It is longer than ``Password/maximumByteCount``.
    case tooLong
    /// It has a NUL, which other programs take for the end.
    case containsNUL
}
