/// How WordPress takes a password.
enum WordPress {
    /// What WordPress may have hashed of a password: it puts a backslash before quotes and backslashes
    /// of a form, and hashes a password that came from elsewhere as it is.
    static func spellings(of password: [UInt8]) -> [[UInt8]] {
        let slash = UInt8(ascii: "\\")
        let special = [slash, UInt8(ascii: "\""), UInt8(ascii: "'")]
        let slashed = password.flatMap { special.contains($0) ? [slash, $0] : [$0] }
        return slashed == password ? [password] : [password, slashed]
    }
}
