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
            keys: site.keys,
            now: { Timestamp(seconds: Int64(unsafe time(nil))) },
            randomBytes: { randomBytes(count: $0) },
            hash: { password in
                let slot = try site.hashingSlots.take()
                defer { _ = consume slot }
                return try hasher.hash(
                    password, salt: randomBytes(count: PasswordHash.saltByteCount))
            },
            verifies: { password, hash in
                let slot = try site.hashingSlots.take()
                defer { _ = consume slot }
                return try hasher.verifies(password, against: hash)
            },
            needsRehash: { hasher.needsRehash($0) },
            decoy: hasher.decoy,
            send: { letter in
                try site.send(
                    to: letter.to, subject: letter.subject, text: letter.text, html: letter.html,
                    at: Timestamp(seconds: Int64(unsafe time(nil))))
            },
            log: { site.log.write($0) })
    }
}
