package import Cryptography

/// A password as lists of breached passwords have it: hashed by a fast function, without salt.
package struct BreachHash: Sendable, Equatable {
    /// The function by which a list is hashed.
    package enum Function: UInt8, Sendable, CaseIterable {
        case sha1 = 1
        /// MD4 of the password in UTF-16, least significant byte first, as Windows has it.
        case ntlm = 2

        /// The length of a hash in bytes.
        package var byteCount: Int {
            switch self {
            case .sha1: SHA1.digestByteCount
            case .ntlm: MD4.digestByteCount
            }
        }
    }

    package let function: Function
    package let bytes: [UInt8]

    /// Takes the bytes of a hash from a list.
    ///
    /// - Returns: nil if they are not as many as the function makes.
    package init?(_ function: Function, bytes: [UInt8]) {
        guard bytes.count == function.byteCount else { return nil }
        self.function = function
        self.bytes = bytes
    }

    /// Hashes a password.
    package init(_ function: Function, of password: Password) {
        self.function = function
        bytes =
            switch function {
            case .sha1: SHA1.digest(of: Array(password.plainText.utf8))
            case .ntlm:
                MD4.digest(
                    of: password.plainText.utf16.flatMap { unit in
                        [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
                    })
            }
    }
}
