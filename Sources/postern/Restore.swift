import AccountFiles
import AccountSite
import Accounts
import Archives
import ArgumentParser
import Cryptography
import FlatFiles
import Glibc
import Installation

/// `postern restore`: a data directory of what `postern backup` wrote.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data directory of a backup.",
        discussion: """
            The directory must be new or empty; it is there once everything in the archive is and its \
            checksum is right, and not at all otherwise. Every session is ended, since some that had \
            ended after the backup would go on otherwise. Then 'postern doctor' looks at the result, \
            without asking the web server; what it finds are hints here, and the exit status is 78.

            An archive without keys becomes a directory without keys. Put a copy of them in place, and \
            run 'postern sweep' and 'postern doctor'.

            Examples:
              postern restore /var/backups/millbrook.tar /var/lib/millbrook
              age -d millbrook.tar.age | postern restore - /var/lib/millbrook
            """)

    @Argument(help: "The backup, or '-' for standard input.", completion: .file())
    var file: String

    @Argument(help: "The directory to make.", completion: .directory)
    var directory: String

    func run() throws {
        let descriptor = file == "-" ? STDIN_FILENO : unsafe open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint("\(file): \(unsafe String(cString: strerror(errno)))").exit(EX_NOINPUT)
        }
        defer { close(descriptor) }
        var path = directory
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        try checkPlace(path)
        let part = "\(path).part"
        let accounts = try unpack(ArchiveReader(descriptor), into: part)
        guard unsafe rename(part, path) == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw Complaint("\(path): \(reason)", hint: "all of it is in \(part)")
                .exit(EX_CANTCREAT)
        }
        try installed { () throws(InstallationError) in try DataDirectory(path: path) }
            .log.write(LogEntry(.moved(.restored, accounts: accounts), at: .now))
        if isatty(STDERR_FILENO) == 1 { say("\(path): accounts: \(accounts)") }

        let defects = Examination.defects(
            of: path, at: .now, forms: Pages.forms, mails: Pages.mails, messages: Pages.messages)
        for defect in defects {
            Complaint(defect.problem, hint: defect.remedy.isEmpty ? nil : defect.remedy).print()
        }
        guard defects.isEmpty else { throw ExitCode(EX_CONFIG) }
    }

    /// Refuses a place where something is already.
    private func checkPlace(_ path: String) throws {
        // An empty directory makes way for the new one, and nothing else can be removed so.
        guard unsafe access(path, F_OK) != 0 || rmdir(path) == 0 else {
            throw Complaint(
                "\(path): there is something already", hint: "name a new or an empty directory"
            ).exit(EX_CANTCREAT)
        }
    }

    /// Makes the directory under another name, with its sessions ended and its claims complete.
    ///
    /// - Returns: How many accounts there are.
    private func unpack(_ archive: ArchiveReader, into part: String) throws -> Int {
        guard unsafe mkdir(part, 0o700) == 0 else {
            throw Complaint(
                "\(part): \(unsafe String(cString: strerror(errno)))",
                hint: errno == EEXIST ? "an earlier attempt has left it; remove it first" : nil
            ).exit(EX_CANTCREAT)
        }
        do {
            let root = try Directory(path: part)
            let accounts = try fill(root, from: archive)
            guard try root.kind(of: "postern.conf") == .file else {
                throw Complaint("\(file): it holds no data directory").exit(EX_DATAERR)
            }
            try settle(part)
            try root.syncAll()
            return accounts
        } catch {
            try? Directory(path: part).removeContents()
            unsafe rmdir(part)
            switch error {
            case let code as ExitCode: throw code
            case ArchiveError.system, is FileError:
                throw Complaint("\(file): \(error)").exit(EX_IOERR)
            default: throw Complaint("\(file): \(error)").exit(EX_DATAERR)
            }
        }
    }

    private func fill(_ root: Directory, from archive: ArchiveReader) throws -> Int {
        var archive = archive
        var progress = ProgressLine()
        var accounts = 0
        while let item = try archive.next() {
            switch item.kind {
            case .directory: try root.makeDirectory(item.path, surviving: .kill)
            case .file: try root.write(item.path) { try archive.content() }
            }
            if item.path.hasPrefix("accounts/"), item.path.hasSuffix("/account") { accounts += 1 }
            progress.show("\(accounts) accounts", nil)
        }
        progress.clear()
        return accounts
    }

    /// Ends every session, and finds the claims again of addresses that changed during the backup.
    ///
    /// The claims of a directory without keys wait for the keys.
    private func settle(_ part: String) throws {
        // No address is looked up to end sessions, so any key will do.
        let anyKey = AuthenticationKey(randomBytes(count: AuthenticationKey.minimumByteCount))
        try AccountDirectory(path: part, namesKey: anyKey).advanceSiteEpoch()
        let data = try installed { () throws(InstallationError) in try DataDirectory(path: part) }
        if let store = try? data.store() { try store.sweep(at: .now) }
    }
}
