internal import AccountFiles
internal import Accounts
internal import Cryptography
internal import FlatFiles
internal import Mail
internal import Outbox
internal import Texts

extension DataDirectory {
    /// Makes a data directory with new keys and no accounts.
    ///
    /// The configuration is written last, so that a directory has one only when it has all the rest.
    ///
    /// - Parameters:
    ///   - path: Its path; the directory above is there. Where it is there itself, it is empty or
    ///     what an interrupted call has made.
    ///   - configuration: The text of its `postern.conf`, which was read before.
    ///   - now: The time in seconds since 1970.
    /// - Returns: The data directory.
    /// - Throws: `InstallationError`; a configuration or a key that is there is never replaced.
    package static func create(
        path: String, configuration: String, at now: Int64
    ) throws(InstallationError) -> DataDirectory {
        let root = try opening { () throws(FileError) in try Directory.make(path: path) }
        let names = try opening { () throws(FileError) in try root.names() }
        guard !names.contains("postern.conf") else { throw alreadyInstalled(in: root) }
        if let occupied = names.first(where: { !Self.ownNames.contains($0) }) {
            throw InstallationError(
                "\(root.path(of: occupied)): there is something in the directory already",
                remedy: "choose a new directory")
        }
        do {
            try AccountDirectory.create(path: path)
        } catch {
            throw InstallationError(error)
        }
        try opening { () throws(FileError) in
            let spool = try root.made("spool")
            for part in MailSpool.parts {
                try spool.makeDirectory(part)
            }
            let texts = try spool.made("texts")
            for part in TextSpool.parts {
                try texts.makeDirectory(part)
            }
            try root.makeDirectory("slots")
            try root.makeDirectory(RangeCache.directoryName)
            let keys = try root.made("keys")
            for name in ["ring", "pepper", "factors", "names"] {
                // A key that an interrupted call has made is as good as a new one.
                _ = try keys.create(name, with: Array(KeyRing.generated(at: now).text.utf8))
            }
        }
        let isNew = try opening { () throws(FileError) in
            try root.create("postern.conf", with: Array(configuration.utf8))
        }
        guard isNew else { throw alreadyInstalled(in: root) }
        return try DataDirectory(path: path)
    }

    private static func alreadyInstalled(in root: Directory) -> InstallationError {
        InstallationError(
            "\(root.path(of: "postern.conf")): there is an installation already",
            remedy: "edit that file, or choose a new directory")
    }

    /// What may stand in a directory of which an installation is to be made.
    private static let ownNames: Set = [
        "accounts", "addresses", "confirmations", "forms", "throttles", "epoch", "locks", "spool",
        "slots", "keys", RangeCache.directoryName,
    ]
}

extension Directory {
    /// Makes a directory below, or finds that there is one, and opens it.
    func made(_ name: String) throws(FileError) -> Directory {
        try makeDirectory(name)
        guard let directory = try directory(name) else {
            throw FileError(.open, path(of: name), .missing)
        }
        return directory
    }
}
