internal import Cryptography

/// The name of an account: 128 random bits, which say nothing about the person.
package struct AccountID: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

/// The name of one session of an account: 128 random bits (ASVS 7.2.3).
package struct SessionID: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

/// The name of one form as it was handed out once: 128 random bits.
package struct FormID: Sendable, Hashable, Identifier {
    package let bytes: [UInt8]
    package init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

/// Sixteen random bytes which are written as 22 characters of base64url.
package protocol Identifier: Sendable, Hashable {
    var bytes: [UInt8] { get }
    /// Takes bytes which are known to be `byteCount` many.
    init(unchecked bytes: [UInt8])
}

extension Identifier {
    package static var byteCount: Int { 16 }

    /// Takes sixteen bytes; any other number is refused.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unchecked: bytes)
    }

    /// Makes a new one.
    package static func random(_ randomBytes: (Int) -> [UInt8]) -> Self {
        Self(unchecked: randomBytes(byteCount))
    }

    /// Reads the form which `text` writes.
    package init?(text: some StringProtocol) {
        guard let bytes = Base64URL.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The identifier in base64url.
    package var text: String { Base64URL.encode(bytes) }
}
