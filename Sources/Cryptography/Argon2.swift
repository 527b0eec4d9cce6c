private import CArgon2

/// The password hashing function Argon2 (RFC 9106), of which hashes are verified and none are made.
enum Argon2 {
    /// Those of its variants that passwords are hashed by.
    enum Variant: String, Sendable {
        case argon2i
        case argon2id
    }

    /// What a hash costs, by the names of RFC 9106 §3.1.
    struct Parameters: Sendable {
        let version: UInt32
        /// The memory in KiB.
        let m: UInt32
        /// The passes over it.
        let t: UInt32
        /// The lanes.
        let p: UInt32
    }

    /// Derives a key from a secret.
    ///
    /// The lanes are filled one after another, which gives the same: the program behind the web server
    /// gives up the right to begin threads.
    ///
    /// - Throws: ``PasswordHasherError/noMemory``.
    static func key(
        from secret: [UInt8], salt: [UInt8], _ variant: Variant, _ parameters: Parameters,
        count: Int
    ) throws(PasswordHasherError) -> [UInt8] {
        var context = unsafe argon2_context()
        unsafe context.version = parameters.version
        unsafe context.m_cost = parameters.m
        unsafe context.t_cost = parameters.t
        unsafe context.lanes = parameters.p
        unsafe context.threads = 1
        var (secret, salt, key) = (secret, salt, [UInt8](repeating: 0, count: count))
        let outcome = unsafe secret.withUnsafeMutableBufferPointer { secret in
            unsafe salt.withUnsafeMutableBufferPointer { salt in
                unsafe key.withUnsafeMutableBufferPointer { key in
                    unsafe context.pwd = secret.baseAddress
                    unsafe context.pwdlen = UInt32(secret.count)
                    unsafe context.salt = salt.baseAddress
                    unsafe context.saltlen = UInt32(salt.count)
                    unsafe context.out = key.baseAddress
                    unsafe context.outlen = UInt32(key.count)
                    return unsafe argon2_ctx(&context, variant == .argon2i ? Argon2_i : Argon2_id)
                }
            }
        }
        secret.wipe()
        guard outcome == ARGON2_OK.rawValue else { throw .noMemory }
        return key
    }
}
