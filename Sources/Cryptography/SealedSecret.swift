/// A secret as it lies on disk: only this installation can read it, and only where it was put (P28).
///
///     v1.5f02c9d1.AAECAwQFBgcICQoLpLcYOdmQtx7TGXm6pGcxvvY1kuGKPWFSy6n0NmR8LFPYnDLs
///     │  │        └ nonce, ciphertext and tag
///     │  └ id of the key
///     └ version
///
/// The tag covers version, key id, purpose, account and field as well, so a secret that was moved to
/// another place does not open there.
package struct SealedSecret: Sendable, Equatable {
    /// How many random bytes a seal takes.
    ///
    /// After 2³² seals with one key two would share a nonce with a probability of 2⁻³², and nobody
    /// enrols that often.
    package static let nonceByteCount = ChaCha20Poly1305.nonceByteCount

    fileprivate static let version = "v1"

    /// The id of the key, which must stay in its ring as long as the secret is needed.
    package let keyID: KeyID
    fileprivate let nonce: [UInt8]
    /// The ciphertext and the tag.
    fileprivate let ciphertext: [UInt8]

    fileprivate init(keyID: KeyID, nonce: [UInt8], ciphertext: [UInt8]) {
        self.keyID = keyID
        self.nonce = nonce
        self.ciphertext = ciphertext
    }

    /// Reads a sealed secret from an account.
    ///
    /// - Returns: `nil` for anything but the one spelling of a text of this form.
    package init?(text: some StringProtocol) {
        let fields = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard
            fields.count == 3, fields[0] == Self.version,
            let keyID = KeyID(fields[1]),
            let bytes = Base64URL.decode(fields[2]),
            bytes.count >= Self.nonceByteCount + ChaCha20Poly1305.tagByteCount
        else { return nil }
        self.init(
            keyID: keyID, nonce: Array(bytes.prefix(Self.nonceByteCount)),
            ciphertext: Array(bytes.dropFirst(Self.nonceByteCount)))
    }

    /// The text of the sealed secret.
    package var text: String {
        "\(Self.version).\(keyID).\(Base64URL.encode(nonce + ciphertext))"
    }
}

extension KeyRing {
    /// Seals a secret with the newest key.
    ///
    /// - Parameters:
    ///   - secret: The secret.
    ///   - purpose: What kind of secret it is.
    ///   - account: The bytes of the id of the account that keeps it.
    ///   - field: Where in the account it is kept.
    ///   - nonce: ``SealedSecret/nonceByteCount`` random bytes.
    /// - Returns: What may lie on disk.
    package func seal(
        _ secret: [UInt8], for purpose: Purpose, of account: [UInt8], field: String, nonce: [UInt8]
    ) -> SealedSecret {
        guard var key = sealingKey(newestID, for: purpose) else {
            preconditionFailure("a ring has its newest key")
        }
        defer { key.wipe() }
        let ciphertext = ChaCha20Poly1305.seal(
            secret, key: key, nonce: nonce,
            authenticating: place(keyID: newestID, purpose, account, field))
        return SealedSecret(keyID: newestID, nonce: nonce, ciphertext: ciphertext)
    }

    /// Opens a secret that was sealed with any key of the ring.
    ///
    /// - Parameters:
    ///   - sealed: What lay on disk.
    ///   - purpose: What kind of secret it should be.
    ///   - account: The bytes of the id of the account that keeps it.
    ///   - field: Where in the account it is kept.
    /// - Returns: The secret.
    /// - Throws: ``SealedSecretError`` if it does not open.
    package func open(
        _ sealed: SealedSecret, for purpose: Purpose, of account: [UInt8], field: String
    ) throws(SealedSecretError) -> [UInt8] {
        guard var key = sealingKey(sealed.keyID, for: purpose) else {
            throw .unknownKey(sealed.keyID)
        }
        defer { key.wipe() }
        let secret = ChaCha20Poly1305.open(
            sealed.ciphertext, key: key, nonce: sealed.nonce,
            authenticating: place(keyID: sealed.keyID, purpose, account, field))
        guard let secret else { throw .forged }
        return secret
    }

    /// What a seal is tied to besides the secret.
    private func place(
        keyID: KeyID, _ purpose: Purpose, _ account: [UInt8], _ field: String
    ) -> [UInt8] {
        let fields = [
            Array(SealedSecret.version.utf8), Array(keyID.description.utf8),
            Array(purpose.label.utf8), account, Array(field.utf8),
        ]
        var place: [UInt8] = []
        forEachAuthenticatedPiece(of: fields) { place += $0 }
        return place
    }
}

/// Why a sealed secret does not open, by no fault of who typed something.
package enum SealedSecretError: Error, Equatable {
    /// It names a key that is not in the ring.
    case unknownKey(KeyID)
    /// It was changed, or sealed for another purpose, account or field.
    case forged
}
