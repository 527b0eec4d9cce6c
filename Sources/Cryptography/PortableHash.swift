/// A hash of phpass, which WordPress used before 6.8, and phpBB: MD5 again and again.
///
///     $P$BsaltsaltQIrpi63QaHEyb4GP3EVqs/
///        │└ salt 8, digest 22
///        └ binary logarithm of the count
struct PortableHash: ForeignHash {
    private let text: String
    private let setting: String
    private let salt: [UInt8]
    private let count: Int

    init?(_ text: String) throws(ImportedHashError) {
        guard let rest = text.behind("$P$") ?? text.behind("$H$") else { return nil }
        guard
            CryptAlphabet.isText(rest, count: 31...31),
            let ln = rest.first.flatMap(CryptAlphabet.value), (7...30).contains(ln)
        else { throw .malformed("phpass") }
        // A long password takes thirty times as long as one of the usual length.
        guard ln <= 16 else { throw .tooCostly }
        self.text = text
        setting = String(text.prefix(12))
        salt = Array(setting.utf8.suffix(8))
        count = 1 << ln
    }

    var milliseconds: Double { 0.001 * Double(count) }

    var decoy: String { text.prefix(4) + String(repeating: ".", count: 30) }

    func verifies(_ password: [UInt8]) -> Bool {
        WordPress.spellings(of: password).map { spelling in
            var digest = MD5.digest(of: salt + spelling)
            for _ in 0..<count {
                digest = MD5.digest(of: digest + spelling)
            }
            return areEqualInConstantTime(setting + CryptAlphabet.encode(digest), text)
        }.contains(true)
    }
}
