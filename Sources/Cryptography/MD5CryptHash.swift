/// A hash of a thousand rounds of MD5, as crypt(3) (`$1$`) and htpasswd (`$apr1$`) made them.
///
/// The order in which things are hashed is that of Poul-Henning Kamp's crypt of 1994.
struct MD5CryptHash: ForeignHash {
    private let magic: String
    private let salt: String
    private let digest: String

    init?(_ text: String) throws(ImportedHashError) {
        guard let magic = ["$1$", "$apr1$"].first(where: { text.behind($0) != nil }) else {
            return nil
        }
        let fields = (text.behind(magic) ?? "").dollarFields
        guard
            fields.count == 2, CryptAlphabet.isText(fields[0], count: 0...8),
            CryptAlphabet.isText(fields[1], count: 22...22)
        else { throw .malformed("crypt") }
        self.magic = magic
        salt = String(fields[0])
        digest = String(fields[1])
    }

    var milliseconds: Double { 1 }

    var decoy: String { "\(magic)........$\(String(repeating: ".", count: 22))" }

    func verifies(_ password: [UInt8]) -> Bool {
        let salt = Array(salt.utf8)
        let inner = MD5.digest(of: password + salt + password)
        var begin = password + Array(magic.utf8) + salt
        for start in stride(from: 0, to: password.count, by: 16) {
            begin += inner.prefix(password.count - start)
        }
        var length = password.count
        while length > 0 {
            begin.append(length & 1 == 1 ? 0 : password[0])
            length >>= 1
        }
        var digest = MD5.digest(of: begin)
        for round in 0..<1000 {
            let isOdd = round & 1 == 1
            var text = isOdd ? password : digest
            if !round.isMultiple(of: 3) { text += salt }
            if !round.isMultiple(of: 7) { text += password }
            text += isOdd ? digest : password
            digest = MD5.digest(of: text)
        }
        let order = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11]
        return areEqualInConstantTime(CryptAlphabet.encode(order.map { digest[$0] }), self.digest)
    }
}
