private import COpenSSL

/// Encryption that notices every change: ChaCha20-Poly1305 (RFC 8439 §2.8).
package enum ChaCha20Poly1305 {
    /// The length of a key in bytes.
    package static let keyByteCount = 32
    /// The length of a nonce in bytes.
    package static let nonceByteCount = 12
    /// By how many bytes a ciphertext with its tag is longer than the plaintext.
    package static let tagByteCount = 16

    /// Encrypts.
    ///
    /// - Parameters:
    ///   - plaintext: What to encrypt.
    ///   - key: ``keyByteCount`` secret bytes.
    ///   - nonce: ``nonceByteCount`` bytes that were never used with this key.
    ///   - data: What is not encrypted, but has to be the same when the ciphertext is opened.
    /// - Returns: The ciphertext and the tag.
    package static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) -> [UInt8] {
        let cipher = Cipher(.encrypting, key: key, nonce: nonce)
        cipher.authenticate(data)
        let ciphertext = cipher.update(plaintext)
        guard cipher.finish() else { Cipher.fail() }
        return ciphertext + cipher.tag
    }

    /// Decrypts.
    ///
    /// - Parameters:
    ///   - sealed: The ciphertext and the tag.
    ///   - key: The key.
    ///   - nonce: The nonce.
    ///   - data: What was authenticated with it.
    /// - Returns: The plaintext, or `nil` if any of the four is not what it was.
    package static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) -> [UInt8]? {
        guard sealed.count >= tagByteCount else { return nil }
        let cipher = Cipher(.decrypting, key: key, nonce: nonce)
        cipher.authenticate(data)
        var plaintext = cipher.update(Array(sealed.dropLast(tagByteCount)))
        cipher.expect(tag: Array(sealed.suffix(tagByteCount)))
        guard cipher.finish() else {
            plaintext.wipe()
            return nil
        }
        return plaintext
    }
}

/// One encryption or decryption under way in libcrypto.
@safe private struct Cipher: ~Copyable {
    enum Direction: Int32 {
        case decrypting = 0
        case encrypting = 1
    }

    private let context: OpaquePointer

    init(_ direction: Direction, key: [UInt8], nonce: [UInt8]) {
        precondition(key.count == ChaCha20Poly1305.keyByteCount, "a key has its length")
        precondition(nonce.count == ChaCha20Poly1305.nonceByteCount, "a nonce has its length")
        // The machine's openssl.cnf may name modules to load, which a static program cannot do.
        _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        guard
            let context = unsafe EVP_CIPHER_CTX_new(),
            unsafe EVP_CipherInit_ex(
                context, EVP_chacha20_poly1305(), nil, key, nonce, direction.rawValue) == 1
        else { Self.fail() }
        unsafe self.context = unsafe context
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    func authenticate(_ data: [UInt8]) {
        var count: Int32 = 0
        guard unsafe EVP_CipherUpdate(context, nil, &count, data, Int32(data.count)) == 1 else {
            Self.fail()
        }
    }

    func update(_ input: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: input.count) { output, filled in
            var count: Int32 = 0
            guard
                unsafe EVP_CipherUpdate(
                    context, output.baseAddress, &count, input, Int32(input.count)) == 1
            else { Self.fail() }
            filled = Int(count)
        }
    }

    /// Ends the message, and tells whether its tag is the one that was expected.
    func finish() -> Bool {
        var nothing: UInt8 = 0
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(context, &nothing, &count) == 1
    }

    var tag: [UInt8] {
        var tag = [UInt8](repeating: 0, count: ChaCha20Poly1305.tagByteCount)
        guard
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
        else { Self.fail() }
        return tag
    }

    func expect(tag: [UInt8]) {
        var tag = tag
        guard
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
        else { Self.fail() }
    }

    /// Ends the program: with lengths that are right, only memory can be missing.
    static func fail() -> Never {
        fatalError("no memory to encrypt or decrypt a secret")
    }
}
