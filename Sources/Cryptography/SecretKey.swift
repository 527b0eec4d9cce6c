internal import Synchronization

/// One line of a key ring.
struct SecretKey: Sendable {
    static let byteCount = 32

    let id: KeyID
    /// Seconds since 1970.
    let createdAt: Int64
    private let bytes: [UInt8]
    private let derivations = Derivations()

    /// A line that is none, and what it should have been.
    struct LineError: Error {
        let expected: String
    }

    init(line: Substring) throws(LineError) {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0] == "key" else {
            throw LineError(expected: "'key', an id, a time and a secret")
        }
        guard let id = KeyID(fields[1]) else {
            throw LineError(expected: "an id of 1 to 16 small letters and digits")
        }
        guard let createdAt = Int64(fields[2]), createdAt >= 0, String(createdAt) == fields[2]
        else {
            throw LineError(expected: "a time in seconds since 1970")
        }
        guard let bytes = Base64URL.decode(fields[3]), bytes.count == Self.byteCount else {
            throw LineError(expected: "a secret of \(Self.byteCount) bytes in base64url")
        }
        guard !Self.looksWrittenByHand(bytes) else {
            throw LineError(expected: "a secret of random bytes, not an example")
        }
        self.init(id: id, createdAt: createdAt, bytes: bytes)
    }

    private init(id: KeyID, createdAt: Int64, bytes: [UInt8]) {
        self.id = id
        self.createdAt = createdAt
        self.bytes = bytes
    }

    static func generated(at now: Int64) -> Self {
        var bytes = randomBytes(count: byteCount)
        while looksWrittenByHand(bytes) {
            bytes = randomBytes(count: byteCount)
        }
        return Self(id: KeyID(randomBytes: randomBytes(count: 4)), createdAt: now, bytes: bytes)
    }

    var line: String { "key \(id) \(createdAt) \(Base64URL.encode(bytes))" }

    func derived(for purpose: Purpose) -> AuthenticationKey {
        derivations.key(for: purpose) {
            AuthenticationKey(derivedBytes(for: "postern \(purpose.label)"))
        }
    }

    /// Returns the bytes of a key that encrypts for a purpose.
    ///
    /// It is another one than the key that makes tags for the same purpose. It is not kept, for it is
    /// seldom needed.
    func sealingKey(for purpose: Purpose) -> [UInt8] {
        derivedBytes(for: "postern sealing \(purpose.label)")
    }

    private func derivedBytes(for use: String) -> [UInt8] {
        HKDF.key(from: bytes, info: Array(use.utf8), count: Self.byteCount)
    }

    /// Whether bytes are those of a manual or a test: few different ones, a run, or all printable.
    ///
    /// Random bytes are taken for such with a probability below 10⁻¹³.
    private static func looksWrittenByHand(_ bytes: [UInt8]) -> Bool {
        let steps = zip(bytes, bytes.dropFirst()).map { $1 &- $0 }
        return differentCount(bytes) < 12 || differentCount(steps) == 1
            || bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func differentCount(_ bytes: [UInt8]) -> Int {
        var isThere = [Bool](repeating: false, count: 256)
        for byte in bytes { isThere[Int(byte)] = true }
        return isThere.count { $0 }
    }
}

/// The keys derived from one key, each made when it is first asked for.
///
/// A key takes longer to derive than a tag takes to make, and every request needs a few.
private final class Derivations: Sendable {
    private let keys = Mutex<[(purpose: Purpose, key: AuthenticationKey)]>([])

    func key(for purpose: Purpose, make: () -> AuthenticationKey) -> AuthenticationKey {
        keys.withLock { keys in
            if let known = keys.first(where: { $0.purpose == purpose }) { return known.key }
            let key = make()
            keys.append((purpose, key))
            return key
        }
    }
}
