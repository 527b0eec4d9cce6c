/// A hash of a password as another program made it.
///
///     $2y$10$…                       bcrypt, also $2a$ and $2b$
///     $y$j9T$…  $6$…  $5$…  $1$…     yescrypt, SHA-512, SHA-256 and MD5 of crypt(5)
///     $argon2id$…  $argon2i$…        Argon2 in the PHC string format
///     $apr1$…  {SHA}…                of htpasswd
///     $P$B…  $H$9…                   phpass, of WordPress before 6.8 and of phpBB
///     $wp$2y$10$…                    of WordPress since 6.8
///     pbkdf2_sha256$…  pbkdf2_sha1$…  scrypt$…  argon2$…  bcrypt$…  bcrypt_sha256$…  of Django
///
/// What it costs to verify has bounds, since it is spent on whoever types an address.
package struct ImportedHash: Sendable {
    /// The hash as the other program wrote it.
    package let text: String
    private let hash: any ForeignHash

    private static let kinds: [any ForeignHash.Type] = [
        CryptHash.self, Argon2Hash.self, MD5CryptHash.self, PortableHash.self, SHA1Hash.self,
        DjangoPBKDF2Hash.self, DjangoScryptHash.self,
    ]

    /// The longest time of one verification, in milliseconds.
    private static let longest = 2000.0
    /// The most memory of one verification in bytes, as much as a hash of ours may take.
    private static let mostBytes = 144 << 20

    /// Reads a hash.
    ///
    /// - Throws: ``ImportedHashError`` if it is of no kind that is known here, is not whole, or costs
    ///   too much.
    package init(text: String) throws(ImportedHashError) {
        for kind in Self.kinds {
            guard let hash = try kind.init(text) else { continue }
            guard hash.milliseconds <= Self.longest, hash.byteCount <= Self.mostBytes else {
                throw .tooCostly
            }
            self.text = text
            self.hash = hash
            return
        }
        throw .unknown
    }

    /// How long a verification takes, in milliseconds on a processor of 2020: it orders hashes, and
    /// equal ones take as long.
    package var milliseconds: Double { hash.milliseconds }

    /// Whether Apache and nginx understand it in a file of htpasswd.
    package var isOfHtpasswd: Bool {
        ["$2", "$y$", "$6$", "$5$", "$1$", "$apr1$", "{SHA}"].contains { text.behind($0) != nil }
    }

    /// A hash of no password that costs as much to verify.
    package var decoy: Self {
        get throws(ImportedHashError) { try Self(text: hash.decoy) }
    }

    /// Whether a password is the one that was hashed.
    ///
    /// The other program hashed what was typed then, which may be what is typed now or its composed
    /// form. Both are tried, whatever comes of the first, so that a decoy takes as long.
    ///
    /// - Throws: ``PasswordHasherError/noMemory``.
    func verifies(_ password: Password) throws(PasswordHasherError) -> Bool {
        var isRight = try hash.verifies(Array(password.typed.utf8))
        if !password.typed.utf8.elementsEqual(password.plainText.utf8) {
            isRight = try hash.verifies(Array(password.plainText.utf8)) || isRight
        }
        return isRight
    }
}

/// Why a text is no hash that can be taken over.
///
/// Nothing of the text stands in it.
package enum ImportedHashError: Error, Equatable, CustomStringConvertible {
    /// It is of no kind that is known here.
    case unknown
    /// It begins as a hash of a kind, and is none.
    case malformed(String)
    /// A sign-in would take too long or too much memory with it.
    case tooCostly

    package var description: String {
        switch self {
        case .unknown: "the hash is of no kind that is known here"
        case .malformed(let kind): "the hash begins as one of \(kind) and is none"
        case .tooCostly: "the hash takes more than 2 seconds or 144 MiB to verify"
        }
    }
}

/// A kind of hash that other programs make.
protocol ForeignHash: Sendable {
    /// Reads a hash.
    ///
    /// - Returns: `nil` for one of another kind.
    /// - Throws: ``ImportedHashError/malformed(_:)``.
    init?(_ text: String) throws(ImportedHashError)

    /// How long a verification takes, in milliseconds on a processor of 2020.
    var milliseconds: Double { get }

    /// How much memory a verification takes, in bytes.
    var byteCount: Int { get }

    /// A hash of no password with the same cost.
    var decoy: String { get }

    /// Whether a password is the one that was hashed, which takes as long either way.
    func verifies(_ password: [UInt8]) throws(PasswordHasherError) -> Bool
}

extension ForeignHash {
    var byteCount: Int { 0 }
}

/// Whether a hash is the one that was kept, found in a time that does not tell how much of it is.
func areEqualInConstantTime(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && areEqualInConstantTime(Array(a.utf8), Array(b.utf8))
}

extension StringProtocol {
    /// The number that a text of digits alone is.
    var decimal: Int? {
        utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(self) : nil
    }
}

extension String {
    /// The parts between dollar signs.
    var dollarFields: [Substring] { split(separator: "$", omittingEmptySubsequences: false) }

    /// What stands behind a beginning, or nil if it begins otherwise.
    func behind(_ beginning: String) -> String? {
        guard utf8.starts(with: beginning.utf8) else { return nil }
        return String(Substring(utf8.dropFirst(beginning.utf8.count)))
    }
}
