/// Writes bytes as a text that only this installation can have written, and reads it again.
///
/// A sealed text is for cookies and links. It is not secret, only genuine:
///
///     v1.5f02c9d1.AAECAwQFBgcICQ.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA
///     │  │        │              └ tag of version, key id, purpose, audience and payload
///     │  │        └ payload
///     │  └ id of the key
///     └ version
///
/// The tag has all 256 bits. Half would be enough for S40 and S62 and save 21 characters, but 40
/// bytes of payload take no more than 118 characters as it is, and a whole tag needs no reasons.
///
/// When a text stops being valid is a matter of what it says, and not of the seal.
package struct Sealer: Sendable {
    private static let version = "v1"

    private let ring: KeyRing
    private let purpose: Purpose
    private let audience: String

    fileprivate init(ring: KeyRing, purpose: Purpose, audience: String) {
        self.ring = ring
        self.purpose = purpose
        self.audience = audience
    }

    /// Returns the text that says `payload`, sealed with the newest key.
    package func seal(_ payload: [UInt8]) -> String {
        guard let tag = tag(of: payload, by: ring.newestID) else {
            preconditionFailure("a ring has its newest key")
        }
        return "\(Self.version).\(ring.newestID.description)"
            + ".\(Base64URL.encode(payload)).\(Base64URL.encode(tag.bytes))"
    }

    /// Returns the payload of a text that came from outside.
    ///
    /// - Throws: ``SealError`` if the text was not sealed here, for this purpose and audience.
    package func open(_ text: String) throws(SealError) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        let fields = Array(text.utf8)
            .split(separator: dot, maxSplits: 4, omittingEmptySubsequences: false)
        guard
            fields.count == 4, fields[0].elementsEqual(Self.version.utf8),
            let id = KeyID(String(decoding: fields[1], as: UTF8.self)),
            let payload = Base64URL.decode(fields[2]),
            let tag = Base64URL.decode(fields[3]).flatMap(AuthenticationTag.init(received:))
        else { throw .malformed }

        guard let expected = self.tag(of: payload, by: id) else { throw .unknownKey }
        guard tag == expected else { throw .forged }
        return payload
    }

    private func tag(of payload: [UInt8], by id: KeyID) -> AuthenticationTag? {
        ring.key(id, for: purpose)?.tag(
            of: Array(Self.version.utf8), Array(id.description.utf8), Array(purpose.label.utf8),
            Array(audience.utf8), payload)
    }
}

extension KeyRing {
    /// Makes what seals and opens texts for one purpose.
    ///
    /// - Parameters:
    ///   - purpose: What the texts are for.
    ///   - audience: Who they are for: the site's base URL, so that a copy of the keys on another
    ///     site is of no use here.
    /// - Returns: A sealer with all keys of the ring.
    package func sealer(for purpose: Purpose, audience: String) -> Sealer {
        Sealer(ring: self, purpose: purpose, audience: audience)
    }
}

/// Why a text does not open.
///
/// The person sees one sentence for all three; the log sees which.
package enum SealError: Error, Equatable {
    /// It is not of the form of a sealed text.
    case malformed
    /// It names a key that is retired or never was (A73).
    case unknownKey
    /// Its tag is not ours: it was changed, or made for another purpose or audience.
    case forged
}
