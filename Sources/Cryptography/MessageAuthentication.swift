/// A key that makes tags, and so recognises what this installation has written.
package struct AuthenticationKey: Sendable {
    /// The least length in bytes: 128 bits (S62).
    package static let minimumByteCount = 16

    private let hmac: HMAC<SHA256>

    /// Makes a key of random or derived bytes, at least ``minimumByteCount`` of them.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count >= Self.minimumByteCount, "a key this short can be guessed")
        hmac = HMAC(key: bytes)
    }

    /// Returns the tag of a list of fields.
    ///
    /// The tag covers how many fields there are and how long each is, so no two lists have the same
    /// tag, wherever their bytes are cut.
    package func tag(of fields: [UInt8]...) -> AuthenticationTag {
        tag(of: fields)
    }

    /// Returns the tag of a list of fields that is not known beforehand.
    package func tag(of fields: [[UInt8]]) -> AuthenticationTag {
        var message = hmac
        forEachAuthenticatedPiece(of: fields) { message.update($0) }
        return AuthenticationTag(bytes: message.code())
    }
}

/// Goes through the pieces of a message that says one list of fields and no other.
///
/// The layout is PASETO's pre-authentication encoding: the count, then each field after its length,
/// the numbers as 8 bytes, least significant first. No piece is a copy of a field.
func forEachAuthenticatedPiece(of fields: [[UInt8]], _ take: ([UInt8]) -> Void) {
    take(fields.count.littleEndianBytes)
    for field in fields {
        take(field.count.littleEndianBytes)
        take(field)
    }
}

/// What proves that some fields were written by a holder of the key.
package struct AuthenticationTag: Sendable, Equatable {
    /// The length of a tag.
    package static let byteCount = SHA256.digestByteCount

    /// The bytes of the tag.
    package let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes a tag that came from outside.
    ///
    /// - Returns: `nil` if it is not of ``byteCount`` bytes.
    package init?(received bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether two tags are the same, found in a time that does not tell how much of them is (S62).
    package static func == (a: Self, b: Self) -> Bool {
        areEqualInConstantTime(a.bytes, b.bytes)
    }
}

extension Int {
    fileprivate var littleEndianBytes: [UInt8] {
        unsafe withUnsafeBytes(of: littleEndian) { unsafe [UInt8]($0) }
    }
}
