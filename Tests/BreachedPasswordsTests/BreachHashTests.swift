import BreachedPasswords
import Cryptography
import Testing

@Suite struct BreachHashTests {
    // SHA-1 from sha1sum, NTLM from `openssl dgst -md4` of the text in UTF-16LE.
    @Test(arguments: [
        (
            "password", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
            "8846f7eaee8fb117ad06bdd830b7586c"
        ),
        (
            "pässwörd €", "58baec5f058a0ffe07b5a21d23918d828f645749",
            "184efd7dde8ebdbdd9869d2f4cef8ab6"
        ),
    ])
    func `hashes as the lists do`(_ text: String, _ sha1: String, _ ntlm: String) throws {
        let password = try Password(text)
        #expect(Hex.encode(BreachHash(.sha1, of: password).bytes) == sha1)
        #expect(Hex.encode(BreachHash(.ntlm, of: password).bytes) == ntlm)
    }
}
