private import CArgon2

/// The password hashing function Argon2 (RFC 9106), of which hashes are verified and none are made.
enum Argon2 {
    /// Those of its variants that passwords are hashed by.
    enum Variant: String, Sendable {
        case argon2i
        case argon2id
    }

    /// Whether a password is the one that was hashed.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - hash: A hash in the PHC string format.
    ///   - variant: The variant that the hash names.
    /// - Returns: False also for a hash that is none.
    /// - Throws: ``PasswordHasherError/noMemory``.
    static func verifies(
        _ password: [UInt8], against hash: String, variant: Variant
    ) throws(PasswordHasherError) -> Bool {
        let type = variant == .argon2i ? Argon2_i : Argon2_id
        switch unsafe argon2_verify(hash, password, password.count, type) {
        case ARGON2_OK.rawValue: return true
        case ARGON2_MEMORY_ALLOCATION_ERROR.rawValue, ARGON2_THREAD_FAIL.rawValue: throw .noMemory
        default: return false
        }
    }
}
