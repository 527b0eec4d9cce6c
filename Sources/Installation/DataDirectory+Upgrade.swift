internal import AccountFiles
internal import Accounts
internal import Cryptography
internal import FlatFiles
internal import Outbox
internal import Texts

extension DataDirectory {
    /// Makes what a data directory lacks that an earlier version has made.
    ///
    /// The keys of second factors are made only where no account has any: where one has, they were
    /// lost, and others would not open what the lost ones have sealed.
    ///
    /// - Parameter now: The time in seconds since 1970.
    /// - Returns: What was made, as paths below the data directory.
    /// - Throws: `InstallationError`; what was there is as it was.
    package func upgrade(at now: Int64) throws(InstallationError) -> [String] {
        var made: [String] = []
        try opening { () throws(FileError) in
            if try directory.makeDirectory(RangeCache.directoryName) {
                made.append(RangeCache.directoryName)
            }
            let texts = try directory.made("spool").made("texts")
            for part in TextSpool.parts where try texts.makeDirectory(part) {
                made.append("spool/texts/\(part)")
            }
        }
        let keys = try opening { () throws(FileError) in try directory.made("keys") }
        let hasKeys = try opening { () throws(FileError) in try keys.contains("factors") }
        guard !hasKeys, try !hasFactors() else { return made }
        let isMade = try opening { () throws(FileError) in
            try keys.create("factors", with: Array(KeyRing.generated(at: now).text.utf8))
        }
        return isMade ? made + ["keys/factors"] : made
    }

    private func hasFactors() throws(InstallationError) -> Bool {
        let store = try store()
        var hasFactors = false
        do {
            try store.forEachAccount { id in
                hasFactors = try hasFactors || store.account(id)?.factors.isEmpty == false
            }
        } catch {
            throw InstallationError("\(error)")
        }
        return hasFactors
    }
}
