internal import Accounts
package import Cryptography
internal import FlatFiles

extension DataDirectory {
    /// Puts a new key on the ring, and takes those off whose texts have all expired (P6).
    ///
    /// - Parameters:
    ///   - now: The time in seconds since 1970.
    ///   - lifetime: For how many seconds what was made with an older key shall be valid.
    /// - Returns: The ring as it was and as it is now.
    /// - Throws: `InstallationError`; the ring is as it was then.
    package func rotateKeys(
        at now: Int64, keeping lifetime: Int64
    ) throws(InstallationError) -> (before: KeyRing, after: KeyRing) {
        let lock = try opening { () throws(FileError) in try directory.lock("keys.lock") }
        let before = try keys()
        let after = before.rotated(at: now, keeping: lifetime)
        try opening { () throws(FileError) in
            try directory.directory("keys")?.replace("ring", with: Array(after.text.utf8))
        }
        lock.release()
        return (before, after)
    }
}
