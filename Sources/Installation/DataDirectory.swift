package import AccountFiles
package import Accounts
package import Cryptography
package import FlatFiles
package import Hypertext
package import Mail
package import Outbox
package import Texts

/// The data directory of an installation, whose pieces can be opened one by one.
///
///     postern.conf    what the operator decides
///     keys/ring       what seals cookies and links
///     keys/pepper     what goes into every password hash; may be kept elsewhere
///     keys/factors    what seals the keys of second factors, and hashes codes
///     keys/names      what hashes addresses into names of files; never changes
///     imported        a decoy, while there are hashes of other programs
///     slots/          a place for each hash under way
///     spool/          mail on its way
///     spool/texts/    text messages on their way
///     breached/       ranges of breached passwords, as a service said them
///     log             what happened
///     statistics      what passwords were chosen, about nobody
///
/// and the accounts, see `AccountDirectory`. Everything belongs to the user who runs the programs,
/// and nobody else may even look (P21, P28, A63).
package struct DataDirectory: Sendable {
    package let directory: Directory

    package var path: String { directory.path }

    /// Opens a data directory.
    ///
    /// - Throws: `InstallationError` if it is not there or others can use it.
    package init(path: String) throws(InstallationError) {
        do {
            directory = try Directory(path: path)
        } catch  where error.problem == .missing {
            throw InstallationError(error, remedy: "make one with 'postern init'")
        } catch {
            throw InstallationError(error)
        }
    }

    // MARK: - Pieces

    /// What the operator decides.
    package func configuration() throws(InstallationError) -> Configuration {
        let bytes = try read(
            "postern.conf", in: directory, remedy: "docs/configuration.md says what stands in it")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InstallationError("\(path)/postern.conf: it is not in UTF-8")
        }
        do {
            return try Configuration(text: text)
        } catch {
            throw InstallationError(error.complaints.map { Defect("\(path)/\($0)") })
        }
    }

    /// The keys that seal cookies and links.
    package func keys() throws(InstallationError) -> KeyRing {
        try ring(
            "\(path)/keys/ring",
            remedy: "restore it from a copy, without which every session is over")
    }

    /// The keys that seal second factors.
    package func factorKeys() throws(InstallationError) -> KeyRing {
        try ring(
            "\(path)/keys/factors",
            remedy: "restore it from a copy, without which no second factor can be checked; in a "
                + "data directory of an earlier version, 'postern upgrade' makes it")
    }

    /// The keys that go into password hashes.
    package func peppers(_ configuration: Configuration) throws(InstallationError) -> KeyRing {
        try ring(
            absolute(configuration.pepper),
            remedy: "restore it from a copy, without which no password can be verified")
    }

    /// The key that names the files of addresses, on a ring of its own.
    package func nameKeys() throws(InstallationError) -> KeyRing {
        try ring(
            "\(path)/keys/names",
            remedy: "restore it from a copy, without which no account is found")
    }

    /// The accounts.
    package func store() throws(InstallationError) -> AccountDirectory {
        let ring = try nameKeys()
        // Names that were made with another key would not be found, so there is no second one.
        guard ring.index.count == 1, let key = ring.key(ring.newestID, for: "file-names") else {
            throw InstallationError("\(path)/keys/names: it must have exactly one key")
        }
        do {
            return try AccountDirectory(path: path, namesKey: key)
        } catch {
            throw InstallationError(error)
        }
    }

    /// The compiled templates; all are checked against the program's own slots, if any are given.
    package func templates(
        _ configuration: Configuration, forms: [Schema], mails: [Schema], messages: [Schema]
    ) throws(InstallationError) -> CompiledTemplates {
        do {
            let templates = try CompiledTemplates(contentsOfFile: configuration.forms)
            if !forms.isEmpty {
                try templates.check(forms: forms, mails: mails, messages: messages)
            }
            return templates
        } catch {
            throw InstallationError(error)
        }
    }

    /// The mail on its way.
    package func mailSpool() throws(InstallationError) -> MailSpool {
        try spool("spool")
    }

    /// The text messages on their way.
    package func textSpool() throws(InstallationError) -> TextSpool {
        try spool("spool/texts")
    }

    private func spool<Item>(_ name: String) throws(InstallationError) -> Spool<Item> {
        try opening { () throws(FileError) in
            guard let spool = try directory.directory(name) else {
                throw FileError(.open, directory.path(of: name), .missing)
            }
            return try Spool(spool)
        }
    }

    /// The way out for mail.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - home: The home directory of the user, for the mail program.
    /// - Returns: The transport; a Maildir is made if there is none.
    /// - Throws: `InstallationError`.
    package func mailTransport(
        _ configuration: Configuration, home: String
    ) throws(InstallationError) -> any Transport<OutgoingMail> {
        switch configuration.mailTransport {
        case .sendmail(let program): return Sendmail(program: program, home: home)
        case .maildir(let name):
            return try opening { () throws(FileError) in
                try Maildir(
                    try Directory.make(path: absolute(name)), host: configuration.siteURL.host)
            }
        }
    }

    /// The way out for text messages.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - home: The home directory of the user, for a program.
    /// - Returns: The transport, or nil if there is none; a folder is made if it is not there.
    /// - Throws: `InstallationError`.
    package func textTransport(
        _ configuration: Configuration, home: String
    ) throws(InstallationError) -> (any Transport<OutgoingText>)? {
        switch configuration.texts.transport {
        case .nowhere: return nil
        case .program(let program): return TextProgram(program, home: home)
        case .gateway(let file):
            return TextGateway(try gateway(file), certificates: configuration.breaches.certificates)
        case .folder(let name):
            return try opening { () throws(FileError) in
                TextFolder(try Directory.make(path: absolute(name)))
            }
        }
    }

    /// What a file says of a gateway for text messages.
    func gateway(_ name: String) throws(InstallationError) -> GatewayDescription {
        let path = absolute(name)
        let (above, file) = path.directoryAndName
        let directory = try opening { () throws(FileError) in try Directory(path: above) }
        let remedy = "docs/texts.md says what stands in it"
        let bytes = try read(file, in: directory, remedy: remedy)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InstallationError("\(path): it is not in UTF-8")
        }
        do {
            return try GatewayDescription(text: text)
        } catch {
            throw InstallationError("\(path): \(error)", remedy: remedy)
        }
    }

    /// The places for hashes under way.
    package func hashingSlots(
        _ configuration: Configuration
    ) throws(InstallationError) -> HashingSlots {
        let slots = try opening { () throws(FileError) in try directory.directory("slots") }
        guard let slots else {
            throw InstallationError(
                FileError(.open, directory.path(of: "slots"), .missing),
                remedy: "make it with 'mkdir -m 700'")
        }
        return HashingSlots(directory: slots.path, count: configuration.hashingSlots)
    }

    /// The ranges of breached passwords that a service has said.
    package var rangeCache: RangeCache { RangeCache(in: directory) }

    /// The log.
    package var log: LogFile { LogFile(in: directory) }

    /// The statistics of passwords.
    package var statistics: StatisticsFile { StatisticsFile(in: directory) }

    // MARK: - Files

    /// A path that was given relative to the data directory or absolutely.
    package func absolute(_ name: String) -> String {
        name.hasPrefix("/") ? name : directory.path(of: name)
    }

    private func ring(_ path: String, remedy: String) throws(InstallationError) -> KeyRing {
        let (above, name) = path.directoryAndName
        let directory = try opening { () throws(FileError) in try Directory(path: above) }
        let bytes = try read(name, in: directory, remedy: remedy)
        do {
            return try KeyRing(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw InstallationError("\(path): \(error)", remedy: remedy)
        }
    }

    private func read(
        _ name: String, in directory: Directory, remedy: String
    ) throws(InstallationError) -> [UInt8] {
        let longestFile = 64 << 10
        let bytes = try opening { () throws(FileError) in
            try directory.read(name, atMost: longestFile)
        }
        guard let bytes else {
            throw InstallationError(
                FileError(.open, directory.path(of: name), .missing), remedy: remedy)
        }
        return bytes
    }
}

/// Does something to files, and gives its failure as a defect.
func opening<Value: ~Copyable>(
    _ work: () throws(FileError) -> Value
) throws(InstallationError) -> Value {
    do {
        return try work()
    } catch {
        throw InstallationError(error)
    }
}

extension String {
    /// The path of the directory above, and the last part of the path.
    var directoryAndName: (directory: String, name: String) {
        guard let slash = lastIndex(of: "/") else { return (".", self) }
        let directory = self[..<slash]
        return (directory.isEmpty ? "/" : String(directory), String(self[index(after: slash)...]))
    }
}
