/// A hash that crypt(3) makes: bcrypt, SHA-256, SHA-512 and yescrypt; and two of programs which hash
/// the password by another function first, because bcrypt ends at 72 bytes and at a NUL.
struct CryptHash: ForeignHash {
    /// What is done to the password first.
    private enum Preparation: CaseIterable {
        case djangoSHA256
        case django
        case wordPress

        /// What stands before the hash of crypt(3).
        var prefix: String {
            switch self {
            case .django: "bcrypt$"
            case .djangoSHA256: "bcrypt_sha256$"
            case .wordPress: "$wp"
            }
        }
    }

    private let preparation: Preparation?
    /// The hash of crypt(3).
    private let text: String
    /// The text up to the salt.
    private let setting: String
    let milliseconds: Double
    let byteCount: Int

    init?(_ text: String) throws(ImportedHashError) {
        let prepared = Preparation.allCases.first { text.behind($0.prefix) != nil }
        preparation = prepared
        self.text = prepared.flatMap { text.behind($0.prefix) } ?? text
        let fields = self.text.dollarFields
        guard
            fields.count > 3, fields[0].isEmpty, prepared == nil || fields[1].first == "2"
        else { return nil }
        switch fields[1] {
        case "2a", "2b", "2y":
            guard
                fields.count == 4, fields[2].utf8.count == 2, let cost = fields[2].decimal,
                (4...31).contains(cost), CryptAlphabet.isText(fields[3], count: 53...53)
            else { throw .malformed("bcrypt") }
            milliseconds = 0.072 * Double(1 << cost)
            byteCount = 0
        case "5", "6":
            let rounds =
                fields.count == 4 ? 5000 : String(fields[2]).behind("rounds=").flatMap(\.decimal)
            let digits = fields[1] == "5" ? 43 : 86
            guard
                let rounds, (1000...999_999_999).contains(rounds), fields.count < 6,
                CryptAlphabet.isText(fields[fields.count - 2], count: 0...16),
                CryptAlphabet.isText(fields[fields.count - 1], count: digits...digits)
            else { throw .malformed("crypt") }
            // A long password takes five times as long as one of the usual length.
            guard rounds <= 200_000 else { throw .tooCostly }
            milliseconds = 0.0014 * Double(rounds)
            byteCount = 0
        case "y":
            // The parameters are the flavour, the binary logarithm of N, and r; the last two count
            // from 1.
            let parameters = Array(fields[2])
            guard
                fields.count == 5, parameters.count == 3, parameters[0] == "j",
                let ln = CryptAlphabet.value(of: parameters[1]),
                let r = CryptAlphabet.value(of: parameters[2]), ln < 30,
                CryptAlphabet.isText(fields[3], count: 0...86),
                CryptAlphabet.isText(fields[4], count: 43...43)
            else { throw .malformed("yescrypt") }
            byteCount = 128 * (r + 1) << (ln + 1)
            milliseconds = Double(byteCount) / 700_000
        default: return nil
        }
        let salted = fields[1].utf8.first == UInt8(ascii: "2") ? 1 : 2
        setting = fields.dropLast(salted).joined(separator: "$") + "$"
    }

    var decoy: String {
        (preparation?.prefix ?? "") + setting
            + String(text.dropFirst(setting.count).map { $0 == "$" ? "$" : "." })
    }

    func verifies(_ password: [UInt8]) -> Bool {
        switch preparation {
        case nil, .django:
            return isHash(of: password)
        case .djangoSHA256:
            return isHash(of: Array(Hex.encode(SHA256.digest(of: password)).utf8))
        case .wordPress:
            return WordPress.spellings(of: password).map { spelling in
                var hmac = HMAC<SHA384>(key: Array("wp-sha384".utf8))
                hmac.update(spelling)
                // 48 bytes fill their digits, so that there is no padding.
                return isHash(of: Array(DigitAlphabet.base64.encode(hmac.code()).utf8))
            }.contains(true)
        }
    }

    private func isHash(of phrase: [UInt8]) -> Bool {
        Crypt.hash(phrase, as: text).map { areEqualInConstantTime($0, text) } ?? false
    }
}
