package import Accounts
package import BreachedPasswords
package import Cryptography
package import HTTP
package import Hypertext

/// Everything outside the program that a page can reach.
///
/// A page has no other way out. Whoever holds a world decides what time it is.
///
/// There is one for all requests, which hand it on to everything that they call: it is not to be copied.
package final class World {
    package var configuration: Configuration
    package var store: any AccountStore
    package var templates: CompiledTemplates
    package var keys: KeyRing
    /// What seals the keys of second factors, and hashes codes.
    package var factorKeys: KeyRing
    package var now: () -> Timestamp
    package var randomBytes: (_ count: Int) -> [UInt8]
    /// Hashes a password at today's cost, as one of a bounded number at a time.
    package var hash: (Password) throws -> PasswordHash
    /// Whether a password is the one that was hashed; takes as long as `hash`, whatever it answers.
    package var verifies: (Password, PasswordHash) throws -> Bool
    /// Whether a hash was made at another cost than today's.
    package var needsRehash: (PasswordHash) -> Bool
    /// The hash against which the password for an unknown address is verified.
    package var decoy: PasswordHash
    /// How often a password was seen in breaches; takes a second at most.
    package var exposure: (Password) -> Exposure
    /// Adds a password that was judged to the site's statistics.
    package var count: (PasswordStatistic) -> Void
    /// Hands a message to the spool, from which it is sent later (P25).
    package var send: (Letter) throws -> Void
    /// Hands a text message to the spool; it is not sent after a moment.
    package var sendText: (TextMessage, _ until: Timestamp) throws -> Void
    package var log: (LogEntry) -> Void
    /// What lies at a path below the directory of private files, if there is one.
    package var privateFile: (SitePath) throws -> PrivateFile?

    package init(
        configuration: Configuration, store: any AccountStore, templates: CompiledTemplates,
        keys: KeyRing, factorKeys: KeyRing, now: @escaping () -> Timestamp,
        randomBytes: @escaping (_ count: Int) -> [UInt8],
        hash: @escaping (Password) throws -> PasswordHash,
        verifies: @escaping (Password, PasswordHash) throws -> Bool,
        needsRehash: @escaping (PasswordHash) -> Bool, decoy: PasswordHash,
        exposure: @escaping (Password) -> Exposure, count: @escaping (PasswordStatistic) -> Void,
        send: @escaping (Letter) throws -> Void,
        sendText: @escaping (TextMessage, _ until: Timestamp) throws -> Void,
        log: @escaping (LogEntry) -> Void,
        privateFile: @escaping (SitePath) throws -> PrivateFile? = { _ in nil }
    ) {
        self.configuration = configuration
        self.store = store
        self.templates = templates
        self.keys = keys
        self.factorKeys = factorKeys
        self.now = now
        self.randomBytes = randomBytes
        self.hash = hash
        self.verifies = verifies
        self.needsRehash = needsRehash
        self.decoy = decoy
        self.exposure = exposure
        self.count = count
        self.send = send
        self.sendText = sendText
        self.log = log
        self.privateFile = privateFile
    }
}

/// A message to one person, in words.
package struct Letter: Sendable, Equatable {
    package let to: EmailAddress
    package let subject: String
    package let text: [UInt8]
    package let html: [UInt8]
}
