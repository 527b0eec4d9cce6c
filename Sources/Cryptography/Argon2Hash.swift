/// A hash of Argon2 in the PHC string format; Django has its own name before it.
///
///     $argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$uy5H3oItm9xWkmFsS+N16youK0yrf5L4ts5p6DvTVqU
struct Argon2Hash: ForeignHash {
    private let variant: Argon2.Variant
    private let parameters: Argon2.Parameters
    /// Everything before the salt.
    private let setting: String
    private let salt: [UInt8]
    private let digest: [UInt8]

    init?(_ text: String) throws(ImportedHashError) {
        let text = text.behind("argon2$").map { "$" + $0 } ?? text
        let fields = text.dollarFields
        guard
            fields.count > 1, fields[0].isEmpty,
            let variant = Argon2.Variant(rawValue: String(fields[1]))
        else { return nil }
        let settings = fields.count == 6 ? fields[3].split(separator: ",").map(String.init) : []
        guard
            settings.count == 3, let version = ["v=16": 16, "v=19": 19][fields[2]],
            let m = settings[0].behind("m=").flatMap(\.decimal),
            let t = settings[1].behind("t=").flatMap(\.decimal),
            let p = settings[2].behind("p=").flatMap(\.decimal), (1...255).contains(p),
            (8 * p...1 << 31).contains(m), (1...1 << 31).contains(t),
            let salt = DigitAlphabet.base64.decode(fields[4]), (8...64).contains(salt.count),
            let digest = DigitAlphabet.base64.decode(fields[5]), (16...64).contains(digest.count)
        else { throw .malformed("Argon2") }
        self.variant = variant
        parameters = Argon2.Parameters(
            version: UInt32(version), m: UInt32(m), t: UInt32(t), p: UInt32(p))
        setting = fields[..<4].joined(separator: "$")
        self.salt = salt
        self.digest = digest
    }

    var milliseconds: Double { 0.0016 * Double(parameters.m) * Double(parameters.t) }

    var byteCount: Int { Int(parameters.m) << 10 }

    var decoy: String {
        let zeros = [salt, digest].map {
            DigitAlphabet.base64.encode([UInt8](repeating: 0, count: $0.count))
        }
        return "\(setting)$\(zeros[0])$\(zeros[1])"
    }

    func verifies(_ password: [UInt8]) throws(PasswordHasherError) -> Bool {
        let key = try Argon2.key(
            from: password, salt: salt, variant, parameters, count: digest.count)
        return areEqualInConstantTime(key, digest)
    }
}
