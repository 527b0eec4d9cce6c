/// The secret keys of an installation: the newest makes what is new, all recognise what is old.
///
/// A ring is a text, one key per line, the newest last:
///
///     keys 1
///     key 5f02c9d1 1756900000 qLkXWqj8m0bI…
///     key 90bb41e7 1764676000 b3Fz1mZp9Rk0…
///
/// with the key's id, the second in which it was made, and its 32 bytes in base64url.
package struct KeyRing: Sendable {
    private static let header = "keys 1"

    /// The keys, the newest last; at least one.
    private let keys: [SecretKey]

    private init(keys: [SecretKey]) {
        self.keys = keys
    }

    /// Reads a ring.
    ///
    /// - Throws: ``KeyRingError`` for a text that is not in the one spelling of a ring, or has a key
    ///   that could be guessed (A72, A73).
    package init(text: String) throws(KeyRingError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first == Self.header else {
            throw KeyRingError(line: 1, expected: "'\(Self.header)'")
        }
        guard lines.popLast() == "" else {
            throw KeyRingError(line: lines.count + 1, expected: "a line break at the end")
        }

        var keys: [SecretKey] = []
        for (number, line) in zip(2..., lines.dropFirst()) {
            let key: SecretKey
            do {
                key = try SecretKey(line: line)
            } catch {
                throw KeyRingError(line: number, expected: error.expected)
            }
            guard keys.allSatisfy({ $0.id != key.id }) else {
                throw KeyRingError(line: number, expected: "an id that no key above has")
            }
            guard keys.allSatisfy({ $0.createdAt <= key.createdAt }) else {
                throw KeyRingError(line: number, expected: "a key no older than the one above")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw KeyRingError(line: 2, expected: "a key") }
        self.keys = keys
    }

    /// Makes a ring of one new key.
    ///
    /// - Parameter now: The time in seconds since 1970.
    /// - Returns: A ring that no other installation has.
    package static func generated(at now: Int64) -> Self {
        Self(keys: [SecretKey.generated(at: now)])
    }

    /// Adds a new key and leaves out those that nothing still valid was made with (P6).
    ///
    /// - Parameters:
    ///   - now: The time in seconds since 1970.
    ///   - lifetime: For how many seconds the longest-lived text made with a key is valid.
    /// - Returns: The ring to use from `now` on.
    package func rotated(at now: Int64, keeping lifetime: Int64) -> Self {
        // A key made its last text when its successor was made, so that is when its time runs out.
        let successors = keys.dropFirst().map(\.createdAt) + [now]
        let kept = zip(keys, successors).filter { $1 > now - lifetime }.map(\.0)

        // A clock that was set back must not put the new key before the old one.
        let createdAt = max(now, keys.last?.createdAt ?? now)
        var new = SecretKey.generated(at: createdAt)
        while kept.contains(where: { $0.id == new.id }) {
            new = SecretKey.generated(at: createdAt)
        }
        return Self(keys: kept + [new])
    }

    /// The text of the ring, which is secret.
    package var text: String {
        Self.header + "\n" + keys.map { $0.line + "\n" }.joined()
    }

    /// The ids of the keys and the seconds in which they were made, the newest last.
    package var index: [(id: KeyID, createdAt: Int64)] {
        keys.map { ($0.id, $0.createdAt) }
    }

    /// The id of the key that makes what is new.
    package var newestID: KeyID { keys[keys.count - 1].id }

    /// Returns the key of an id, as it serves one purpose and no other.
    ///
    /// - Returns: `nil` if the ring has no such key.
    package func key(_ id: KeyID, for purpose: Purpose) -> AuthenticationKey? {
        keys.first { $0.id == id }?.derived(for: purpose)
    }

    /// Returns the bytes of the key of an id, as it encrypts for one purpose and does nothing else.
    ///
    /// - Returns: `nil` if the ring has no such key.
    func sealingKey(_ id: KeyID, for purpose: Purpose) -> [UInt8]? {
        keys.first { $0.id == id }?.sealingKey(for: purpose)
    }
}

/// A text that is no key ring.
package struct KeyRingError: Error, Equatable, CustomStringConvertible {
    /// The number of the line, from 1.
    package let line: Int
    /// What should have stood there.
    package let expected: String

    /// Where and what, and nothing of the keys.
    package var description: String { "line \(line): expected \(expected)" }
}
