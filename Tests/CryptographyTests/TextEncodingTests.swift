import Cryptography
import Testing

@Suite struct TextEncodingTests {
    // RFC 4648 §10, without the padding; the last three have the digits that §5 replaces.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"), ("~~>", "fn4-"), ("~~?", "fn4_"),
        ("???>>", "Pz8_Pj4"),
    ])
    func `base64url writes and reads`(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "Zg==", "Zg=", "Zm9v=", "fn4+", "fn4/", "Z", "Zm9vY", "Zm9v Yg", "Zm9v\n", " Zm9v",
        "Zm9v\0",
        "Zh", "Zv", "Zm9", "Zm-", "A", "Zm9vA", "Zｇ", "é",
    ])
    func `base64url refuses any other spelling (RFC 4648 §3.5)`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `base64url reads what it wrote, for every length and byte`() {
        for count in 0...260 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test func `base64url has one spelling for two digits`() {
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let texts = digits.flatMap { first in digits.map { "\(first)\($0)" } }
        let read = texts.compactMap { text in Base64URL.decode(text).map { (text, $0) } }
        #expect(read.count == 256)
        #expect(read.allSatisfy { Base64URL.encode($1) == $0 })
    }

    // RFC 4648 §10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func `base32 writes and reads`(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
        #expect(Base32.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "MY======", "MY=", "my", "M", "MZX", "MZXW6Y", "MZXW 6", "MZXW6\n", " MY", "MY\0",
        "MZ", "A", "MYA", "MZXW6YTBA", "MZXR", "MZXW7", "MZXW6YR", "M0", "M1", "M8", "ＭＹ", "é",
    ])
    func `base32 refuses any other spelling (RFC 4648 §3.5)`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test func `base32 reads what it wrote, for every length and byte`() {
        for count in 0...260 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        }
    }

    @Test func `hexadecimal writes and reads small letters`() {
        #expect(Hex.encode([0x00, 0x1F, 0xAB, 0xFF]) == "001fabff")
        #expect(Hex.decode("001fabff") == [0x00, 0x1F, 0xAB, 0xFF])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "001", "AB", "0g", "0x00", " 00", "00\n", "０0"])
    func `hexadecimal refuses any other spelling`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
