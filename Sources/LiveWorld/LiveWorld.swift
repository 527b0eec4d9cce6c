package import AccountSite
internal import Accounts
internal import Cryptography
private import Glibc
package import Installation

extension World {
    /// The real world: the clock, the kernel's randomness, and an installation on disk.
    package convenience init(_ site: InstalledSite) {
        let now = { Timestamp(seconds: Int64(time(nil))) }
        let hasher = PasswordHasher(
            peppers: site.peppers, parameters: site.configuration.scrypt,
            importedDecoy: site.importedDecoy)
        self.init(
            configuration: site.configuration, store: site.store, templates: site.templates,
            keys: site.keys, factorKeys: site.factorKeys,
            now: now,
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
            exposure: { site.breaches.exposure(of: $0, at: now()) },
            count: { site.statistics.write($0) },
            send: { letter in
                try site.send(
                    to: letter.to, subject: letter.subject, text: letter.text, html: letter.html,
                    at: now())
            },
            sendText: { text, expiry in try site.send(text, expiring: expiry, at: now()) },
            log: { site.log.write($0) },
            privateFile: { path in
                try site.configuration.privateFiles.flatMap {
                    try PrivateDirectory(path: $0).open(path)
                }
            })
    }
}
