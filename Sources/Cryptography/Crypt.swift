private import CCrypt

/// The function crypt(3) of libcrypt, with all the kinds of hashes it knows (crypt(5)).
enum Crypt {
    /// Hashes a phrase as another hash was made.
    ///
    /// - Parameters:
    ///   - phrase: The password, without a NUL.
    ///   - setting: A whole hash, or its beginning up to the salt.
    /// - Returns: The hash, or nil if the phrase is longer than crypt(3) takes, which is 511 bytes, or
    ///   the setting is none.
    static func hash(_ phrase: [UInt8], as setting: String) -> String? {
        // 32 KiB, for which the stack is no place.
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        let size = MemoryLayout<crypt_data>.size
        unsafe data.initialize(to: crypt_data())
        defer {
            unsafe wipe(UnsafeMutableRawBufferPointer(start: data, count: size))
            unsafe data.deallocate()
        }
        var phrase = phrase.map { CChar(bitPattern: $0) } + [0]
        defer { unsafe phrase.withUnsafeMutableBytes { unsafe wipe($0) } }
        let hash = unsafe crypt_rn(phrase, setting, data, Int32(size))
        return unsafe hash.map { unsafe String(cString: $0) }
    }
}
