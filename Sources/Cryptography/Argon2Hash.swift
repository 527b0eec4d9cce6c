/// A hash of Argon2 in the PHC string format; Django has its own name before it.
///
///     $argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$uy5H3oItm9xWkmFsS+N16youK0yrf5L4ts5p6DvTVqU
struct Argon2Hash: ForeignHash {
    private let text: String
    private let variant: Argon2.Variant
    private let fields: [Substring]
    private let memory: Int
    private let passes: Int

    init?(_ text: String) throws(ImportedHashError) {
        let text = text.behind("argon2$").map { "$" + $0 } ?? text
        let fields = text.dollarFields
        guard
            fields.count > 1, fields[0].isEmpty,
            let variant = Argon2.Variant(rawValue: String(fields[1]))
        else { return nil }
        let settings = fields.count == 6 ? fields[3].split(separator: ",").map(String.init) : []
        guard
            settings.count == 3, ["v=16", "v=19"].contains(fields[2]),
            let memory = settings[0].behind("m=").flatMap(\.decimal),
            let passes = settings[1].behind("t=").flatMap(\.decimal),
            let lanes = settings[2].behind("p=").flatMap(\.decimal), (1...255).contains(lanes),
            (1...1 << 31).contains(memory), (1...1 << 31).contains(passes),
            let salt = DigitAlphabet.base64.decode(fields[4]), (8...64).contains(salt.count),
            let digest = DigitAlphabet.base64.decode(fields[5]), (16...64).contains(digest.count)
        else { throw .malformed("Argon2") }
        self.text = text
        self.variant = variant
        self.fields = fields
        self.memory = memory
        self.passes = passes
    }

    var milliseconds: Double { 0.0016 * Double(memory) * Double(passes) }

    var byteCount: Int { memory << 10 }

    var decoy: String {
        let zeros = fields[4...].map { String(repeating: "A", count: $0.utf8.count) }
        return (fields[..<4].map(String.init) + zeros).joined(separator: "$")
    }

    func verifies(_ password: [UInt8]) throws(PasswordHasherError) -> Bool {
        try Argon2.verifies(password, against: text, variant: variant)
    }
}
