/// Hashes passwords, and tells whether a password is the one that was hashed.
///
/// A password goes through HMAC with a pepper first. The peppers are a key ring of their own, kept
/// outside the accounts, so the accounts alone do not let anybody try passwords (S10).
package struct PasswordHasher: Sendable {
    private static let purpose: Purpose = "password-pepper"
    private static let sealing: Purpose = "imported-password"
    private static let field = "password"

    private let peppers: KeyRing
    private let parameters: ScryptParameters
    private let importedDecoy: ImportedHash?

    /// Makes a hasher.
    ///
    /// - Parameters:
    ///   - peppers: The newest goes into new hashes; the others are needed as long as a hash names
    ///     them.
    ///   - parameters: The cost of new hashes.
    ///   - importedDecoy: The decoy of the costliest imported hash, as long as there are any.
    package init(
        peppers: KeyRing, parameters: ScryptParameters, importedDecoy: ImportedHash? = nil
    ) {
        self.peppers = peppers
        self.parameters = parameters
        self.importedDecoy = importedDecoy
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
        return .own(
            ScryptHash(
                parameters: parameters, pepperID: id, salt: salt,
                bytes: try bytes(of: password, pepperID: id, salt: salt, parameters: parameters)))
    }

    /// Whether a password is the one that was hashed.
    ///
    /// As long as there are imported hashes, each password goes through one of those and through one
    /// of ours, real ones or decoys. So the time does not tell an account that was moved here from
    /// another one, or from none (A16).
    ///
    /// - Throws: ``PasswordHasherError`` if that could not be found out.
    package func verifies(
        _ password: Password, against hash: PasswordHash
    ) throws(PasswordHasherError) -> Bool {
        switch hash {
        case .own(let hash):
            _ = try importedDecoy?.verifies(password)
            return try verifies(password, against: hash)
        case .imported(let sealed):
            let imported = try open(sealed)
            let isRight = try imported.verifies(password)
            if let importedDecoy, imported.milliseconds < importedDecoy.milliseconds {
                _ = try importedDecoy.verifies(password)
            }
            _ = try verifies(password, against: ownDecoy)
            return isRight
        }
    }

    /// Whether a hash should be made anew while the password is at hand.
    ///
    /// It should if its cost or its pepper is not that of new hashes, so that in time all accounts
    /// cost what ``decoy`` costs. A setting is followed down as well as up.
    package func needsRehash(_ hash: PasswordHash) -> Bool {
        guard case .own(let hash) = hash else { return true }
        return hash.parameters != parameters || hash.pepperID != peppers.newestID
    }

    /// Whether the pepper of a hash is here, without which nobody can sign in with it.
    package func hasPepper(of hash: PasswordHash) -> Bool {
        peppers.key(hash.pepperID, for: Self.purpose) != nil
    }

    /// A hash of no password, to be verified in place of that of an account that does not exist.
    ///
    /// It costs what a new hash costs (A15, A16). That scrypt gives 256 zero bits is as likely as a
    /// guessed key.
    package var decoy: PasswordHash { .own(ownDecoy) }

    private var ownDecoy: ScryptHash {
        ScryptHash(
            parameters: parameters, pepperID: peppers.newestID,
            salt: [UInt8](repeating: 0, count: ScryptHash.saltByteCount),
            bytes: [UInt8](repeating: 0, count: ScryptHash.byteCount))
    }

    private func verifies(
        _ password: Password, against hash: ScryptHash
    ) throws(PasswordHasherError) -> Bool {
        let bytes = try bytes(
            of: password, pepperID: hash.pepperID, salt: hash.salt, parameters: hash.parameters)
        return areEqualInConstantTime(bytes, hash.bytes)
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
                from: secret, salt: salt, parameters: parameters, count: ScryptHash.byteCount)
        } catch {
            throw .noMemory
        }
    }
}

// MARK: - Hashes of other programs

extension PasswordHasher {
    /// Seals the hash of another program, so that it can be kept.
    ///
    /// - Parameters:
    ///   - hash: The hash.
    ///   - nonce: ``SealedSecret/nonceByteCount`` random bytes.
    /// - Returns: What an account keeps.
    package func seal(_ hash: ImportedHash, nonce: [UInt8]) -> PasswordHash {
        // It is bound to no account, as our own hashes are not.
        .imported(
            peppers.seal(
                Array(hash.text.utf8), for: Self.sealing, of: [], field: Self.field, nonce: nonce))
    }

    /// Opens a hash that was sealed here.
    ///
    /// - Throws: ``PasswordHasherError``.
    package func open(_ sealed: SealedSecret) throws(PasswordHasherError) -> ImportedHash {
        do {
            let text = try peppers.open(sealed, for: Self.sealing, of: [], field: Self.field)
            return try ImportedHash(text: String(decoding: text, as: UTF8.self))
        } catch SealedSecretError.unknownKey(let id) {
            throw .unknownPepper(id)
        } catch {
            throw .damagedSeal
        }
    }
}

/// Why a password could be neither hashed nor verified, by no fault of who typed it.
package enum PasswordHasherError: Error, Equatable {
    /// The hash names a pepper that is not in the ring.
    case unknownPepper(KeyID)
    /// There is not enough memory for the cost.
    case noMemory
    /// The sealed hash of another program was changed.
    case damagedSeal
}
