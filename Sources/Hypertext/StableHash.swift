/// The hash FNV-1a with 64 bits, which is the same on every machine and in every run.
///
/// It names contents; it protects nothing. (RFC 9923)
package struct StableHash: Sendable {
    /// The hash of everything combined so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Makes the hash of no bytes.
    package init() {}

    /// Adds bytes.
    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }

    /// Adds another hash, as eight bytes, lowest first.
    mutating func combine(_ hash: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            value = (value ^ (hash >> shift & 0xff)) &* 0x100_0000_01b3
        }
    }
}
