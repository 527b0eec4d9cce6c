/// A hash of `htpasswd -s`: SHA-1 without a salt, `{SHA}` and base64.
struct SHA1Hash: ForeignHash {
    private static let prefix = "{SHA}"
    private let digest: [UInt8]

    init?(_ text: String) throws(ImportedHashError) {
        guard let rest = text.behind(Self.prefix) else { return nil }
        guard let digest = DigitAlphabet.base64.decodePadded(rest), digest.count == 20 else {
            throw .malformed("htpasswd")
        }
        self.digest = digest
    }

    var milliseconds: Double { 0 }

    var decoy: String { "\(Self.prefix)\(String(repeating: "A", count: 27))=" }

    func verifies(_ password: [UInt8]) -> Bool {
        areEqualInConstantTime(SHA1.digest(of: password), digest)
    }
}
