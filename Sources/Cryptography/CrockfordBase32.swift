/// Random bytes as a code that a person reads and types: `7KX2-9MQD`, in Crockford's base 32.
///
/// Its alphabet has no I, L, O and U.
enum CrockfordBase32 {
    private static let alphabet = DigitAlphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Returns the code of `bytes`, in groups of four.
    static func display(_ bytes: [UInt8]) -> String {
        alphabet.encode(bytes).inGroupsOfFour(separatedBy: "-")
    }

    /// Reads what a person typed or pasted.
    ///
    /// Spaces, hyphens and invisible characters are skipped, small and full-width letters are taken
    /// for capitals, O for 0, I and L for 1.
    ///
    /// - Returns: `nil` if what remains is not the code of so many bytes.
    static func read(_ typed: some StringProtocol, byteCount: Int) -> [UInt8]? {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: typed.typedCharacters.map(digit))
        guard let bytes = alphabet.decode(String(text)), bytes.count == byteCount else {
            return nil
        }
        return bytes
    }

    private static func digit(meantBy character: Unicode.Scalar) -> Unicode.Scalar {
        switch character {
        case "O", "o": "0"
        case "I", "i", "L", "l": "1"
        case "a"..."z": Unicode.Scalar(character.value - 32) ?? character
        default: character
        }
    }
}
