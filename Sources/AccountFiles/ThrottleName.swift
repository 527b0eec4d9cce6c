internal import Cryptography

/// The name under which a throttle stands in its file: a keyed hash of what is counted.
///
/// Nobody can read from it what that is. Whoever holds the keys can tell whether it is the name of
/// something they know of.
package struct ThrottleName: Sendable, Hashable {
    let bytes: [UInt8]

    init(tag: [UInt8]) {
        bytes = Array(tag.prefix(16))
    }

    /// Reads the name as a file and a listing have it, in 32 hexadecimal digits.
    package init?(_ text: String) {
        guard let bytes = Hex.decode(text), bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    package var text: String { Hex.encode(bytes) }
}
