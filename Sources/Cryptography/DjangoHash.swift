/// A hash of PBKDF2 as Django writes it.
///
///     pbkdf2_sha256$1000000$salt$n3Q7…=
struct DjangoPBKDF2Hash: ForeignHash {
    private let name: Substring
    private let function: PBKDF2.Function
    private let iterations: Int
    private let salt: Substring
    private let digest: [UInt8]

    init?(_ text: String) throws(ImportedHashError) {
        let fields = text.dollarFields
        switch fields[0] {
        case "pbkdf2_sha256": function = .sha256
        case "pbkdf2_sha1": function = .sha1
        default: return nil
        }
        guard
            fields.count == 4, let iterations = fields[1].decimal,
            (1...Int(Int32.max)).contains(iterations),
            let digest = DigitAlphabet.base64.decodePadded(fields[3]),
            digest.count == function.byteCount
        else { throw .malformed("Django") }
        name = fields[0]
        self.iterations = iterations
        salt = fields[2]
        self.digest = digest
    }

    var milliseconds: Double { 0.0005 * Double(iterations) }

    var decoy: String {
        let zero = [UInt8](repeating: 0, count: digest.count)
        return "\(name)$\(iterations)$salt$\(DigitAlphabet.base64.encodePadded(zero))"
    }

    func verifies(_ password: [UInt8]) -> Bool {
        let key = PBKDF2.key(
            from: password, salt: Array(salt.utf8), iterations: iterations, function: function)
        return areEqualInConstantTime(key, digest)
    }
}

/// A hash of scrypt as Django writes it.
///
///     scrypt$16384$salt$8$5$n3Q7…==
struct DjangoScryptHash: ForeignHash {
    private let parameters: ScryptParameters
    private let salt: Substring
    private let digest: [UInt8]

    init?(_ text: String) throws(ImportedHashError) {
        let fields = text.dollarFields
        guard fields[0] == "scrypt" else { return nil }
        guard
            fields.count == 6, let n = fields[1].decimal, n > 0, n.nonzeroBitCount == 1,
            let r = fields[3].decimal, let p = fields[4].decimal,
            let digest = DigitAlphabet.base64.decodePadded(fields[5]), digest.count == 64
        else { throw .malformed("Django") }
        guard let parameters = ScryptParameters(ln: n.trailingZeroBitCount, r: r, p: p) else {
            throw .tooCostly
        }
        self.parameters = parameters
        salt = fields[2]
        self.digest = digest
    }

    var milliseconds: Double {
        0.0005 * Double(parameters.p * parameters.r << parameters.ln)
    }

    var byteCount: Int { parameters.memoryByteCount }

    var decoy: String {
        let zero = DigitAlphabet.base64.encodePadded([UInt8](repeating: 0, count: digest.count))
        return "scrypt$\(1 << parameters.ln)$salt$\(parameters.r)$\(parameters.p)$\(zero)"
    }

    func verifies(_ password: [UInt8]) throws(PasswordHasherError) -> Bool {
        do {
            let key = try Scrypt.key(
                from: password, salt: Array(salt.utf8), parameters: parameters, count: digest.count)
            return areEqualInConstantTime(key, digest)
        } catch {
            throw .noMemory
        }
    }
}

extension DigitAlphabet {
    /// Returns the text of `bytes` with padding, so that there are groups of four (RFC 4648 §4).
    func encodePadded(_ bytes: [UInt8]) -> String {
        let text = encode(bytes)
        return text + String(repeating: "=", count: -text.utf8.count & 3)
    }

    /// Reads the one spelling with padding of some bytes.
    func decodePadded(_ text: some StringProtocol) -> [UInt8]? {
        guard
            let bytes = decode(String(text.prefix { $0 != "=" })),
            encodePadded(bytes).utf8.elementsEqual(text.utf8)
        else { return nil }
        return bytes
    }
}
