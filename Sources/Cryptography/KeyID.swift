/// The id by which a text says which key it needs: 1 to 16 small letters and digits.
package struct KeyID: Sendable, Hashable, CustomStringConvertible {
    /// The id as it is written.
    package let description: String

    /// Reads an id from outside.
    ///
    /// - Returns: `nil` for anything but small letters and digits, so that an id can be neither a
    ///   path nor a separator of a format (A73).
    package init?(_ text: some StringProtocol) {
        guard
            (1...16).contains(text.utf8.count),
            text.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            })
        else { return nil }
        description = String(text)
    }

    /// Makes an id of four random bytes.
    init(randomBytes: [UInt8]) {
        description = Hex.encode(randomBytes)
    }
}
