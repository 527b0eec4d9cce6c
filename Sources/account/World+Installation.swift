import AccountSite
import Accounts
import Cryptography
import Glibc
import Installation

extension World {
    /// The real world: the clock, the kernel's randomness, and an installation on disk.
    init(_ site: InstalledSite) {
        let hasher = PasswordHasher(peppers: site.peppers, parameters: site.configuration.scrypt)
        self.init(
            configuration: site.configuration, store: site.store, templates: site.templates,
            keys: site.keys, factorKeys: site.factorKeys,
            now: { Timestamp(seconds: Int64(time(nil))) },
            randomBytes: { Cryptography.randomBytes(count: $0) },
            hash: { password in
                try site.hashingSlots.withSlot {
                    let salt = Cryptography.randomBytes(count: PasswordHash.saltByteCount)
                    return try hasher.hash(password, salt: salt)
                }
            },
            verifies: { password, hash in
                try site.hashingSlots.withSlot { try hasher.verifies(password, against: hash) }
            },
            needsRehash: { hasher.needsRehash($0) },
            decoy: hasher.decoy,
            exposure: { site.breaches.exposure(of: $0, at: Timestamp(seconds: Int64(time(nil)))) },
            count: { site.statistics.write($0) },
            send: { letter in
                try site.send(
                    to: letter.to, subject: letter.subject, text: letter.text, html: letter.html,
                    at: Timestamp(seconds: Int64(time(nil))))
            },
            sendText: { text, expiry in
                try site.send(text, expiring: expiry, at: Timestamp(seconds: Int64(time(nil))))
            },
            log: { site.log.write($0) })
    }
}
