/// Hashes passwords, and tells whether a password is the one that was hashed.
///
/// A password goes through HMAC with a pepper first. The peppers are a key ring of their own, kept
/// outside the accounts, so the accounts alone do not let anybody try passwords (S10).
package struct PasswordHasher: Sendable {
    private static let purpose: Purpose = "password-pepper"

    private let peppers: KeyRing
    private let parameters: ScryptParameters

    /// Makes a hasher.
    ///
    /// - Parameters:
    ///   - peppers: The newest goes into new hashes; the others are needed as long as a hash names
    ///     them.
    ///   - parameters: The cost of new hashes.
    package init(peppers: KeyRing, parameters: ScryptParameters) {
        self.peppers = peppers
        self.parameters = parameters
    }

    /// Hashes a password with the newest pepper.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - salt: ``PasswordHash/saltByteCount`` random bytes.
    /// - Returns: The hash.
    /// - Throws: ``PasswordHasherError`` if it could not be made.
    package func hash(
        _ password: Password, salt: [UInt8]
    ) throws(PasswordHasherError) -> PasswordHash {
        precondition(salt.count == PasswordHash.saltByteCount, "a salt has its length")
        let id = peppers.newestID
        return PasswordHash(
            parameters: parameters, pepperID: id, salt: salt,
            bytes: try bytes(of: password, pepperID: id, salt: salt, parameters: parameters))
    }

    /// Whether a password is the one that was hashed.
    ///
    /// - Throws: ``PasswordHasherError`` if that could not be found out.
    package func verifies(
        _ password: Password, against hash: PasswordHash
    ) throws(PasswordHasherError) -> Bool {
        let bytes = try bytes(
            of: password, pepperID: hash.pepperID, salt: hash.salt, parameters: hash.parameters)
        return areEqualInConstantTime(bytes, hash.bytes)
    }

    /// Whether a hash should be made anew while the password is at hand.
    ///
    /// It should if its cost or its pepper is not that of new hashes, so that in time all accounts
    /// cost what ``decoy`` costs. A setting is followed down as well as up.
    package func needsRehash(_ hash: PasswordHash) -> Bool {
        hash.parameters != parameters || hash.pepperID != peppers.newestID
    }

    /// A hash of no password, to be verified in place of that of an account that does not exist.
    ///
    /// It costs what a new hash costs (A15, A16). That scrypt gives 256 zero bits is as likely as a
    /// guessed key.
    package var decoy: PasswordHash {
        PasswordHash(
            parameters: parameters, pepperID: peppers.newestID,
            salt: [UInt8](repeating: 0, count: PasswordHash.saltByteCount),
            bytes: [UInt8](repeating: 0, count: PasswordHash.byteCount))
    }

    private func bytes(
        of password: Password, pepperID: KeyID, salt: [UInt8], parameters: ScryptParameters
    ) throws(PasswordHasherError) -> [UInt8] {
        guard let pepper = peppers.key(pepperID, for: Self.purpose) else {
            throw .unknownPepper(pepperID)
        }
        var text = Array(password.plainText.utf8)
        var secret = pepper.tag(of: text).bytes
        defer {
            text.wipe()
            secret.wipe()
        }
        do {
            return try Scrypt.key(
                from: secret, salt: salt, parameters: parameters, count: PasswordHash.byteCount)
        } catch {
            throw .noMemory
        }
    }
}

/// Why a password could be neither hashed nor verified, by no fault of who typed it.
package enum PasswordHasherError: Error, Equatable {
    /// The hash names a pepper that is not in the ring.
    case unknownPepper(KeyID)
    /// There is not enough memory for the cost.
    case noMemory
}
