/// One-time passwords by a counter (RFC 4226), the function below those by time.
package enum HOTP {
    /// Returns the password of a counter.
    ///
    /// - Parameters:
    ///   - counter: Which of the passwords of the key.
    ///   - hmac: HMAC under the key, of nothing yet.
    ///   - digitCount: How many digits it has, at most 9.
    /// - Returns: The digits, as a number.
    package static func password(
        at counter: UInt64, hmac: HMAC<SHA1>, digitCount: Int
    ) -> UInt32 {
        var message = hmac
        message.update((0..<8).reversed().map { UInt8(truncatingIfNeeded: counter >> ($0 * 8)) })
        let code = message.code()

        // §5.3: the low half of the last byte says where the 31 bits stand that are taken.
        let offset = Int(code[SHA1.digestByteCount - 1] & 15)
        let number = code[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        return number % (0..<digitCount).reduce(1) { power, _ in power * 10 }
    }
}
