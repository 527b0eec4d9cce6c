import Accounts
import Archives
import ArgumentParser
import Glibc
import Installation

/// `postern backup`: the data directory as one file.
struct BackUp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write the data directory into one file, while the site goes on.",
        discussion: """
            The file is an archive that 'tar' reads, and 'postern restore' makes a data directory of it \
            again. Mail and text messages on their way are left out: they would be sent once more.

            With the keys, which are in it unless you say --without-keys, the archive is as secret as \
            the directory itself. It is made readable for you alone and is not encrypted; encrypt it \
            before it goes to another machine. Without them it is worth little to a thief, and nothing \
            to you unless you keep a copy of 'keys' in another place.

            A file that is there stays. Write '-' for standard output.

            Examples:
              postern backup /var/backups/millbrook.tar --data /var/lib/millbrook
              postern backup - | age -r age1q… > millbrook.tar.age
            """)

    @Argument(help: "The file to make, or '-'.", completion: .file())
    var file: String

    @Flag(help: "Leave the keys out.")
    var withoutKeys = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        // One that is no data directory is better not found out when a copy is needed.
        _ = try installed { () throws(InstallationError) in try data.configuration() }
        let output = try BackupOutput(file)
        guard file == "-" || !data.overlaps(output.path) else {
            throw Complaint(
                "\(file): it would be a part of itself",
                hint: "name a file outside of the data directory"
            ).exit(EX_CANTCREAT)
        }
        var archive = ArchiveWriter(output.descriptor)
        var progress = ProgressLine()
        let now = Timestamp.now
        var accounts = 0
        do {
            try data.forEachItem(withKeys: !withoutKeys) { item in
                switch item {
                case .directory(let path): try archive.addDirectory(path, modifiedAt: now.seconds)
                case .file(let file, let path):
                    try archive.add(file, as: path)
                    if path.hasPrefix("accounts/"), path.hasSuffix("/account") { accounts += 1 }
                    progress.show("\(accounts) accounts", nil)
                }
            }
            try archive.finish()
        } catch {
            progress.clear()
            throw Complaint("\(file): \(error)", hint: "nothing was made").exit(EX_IOERR)
        }
        progress.clear()
        try output.finish()

        let act: LogEntry.MovingAct = withoutKeys ? .backedUpWithoutKeys : .backedUp
        data.log.write(LogEntry(.moved(act, accounts: accounts), at: now))
        guard isatty(STDERR_FILENO) == 1 else { return }
        say("\(file): accounts: \(accounts)")
        if !withoutKeys { say("it holds the keys: keep it as secret as \(data.path)") }
    }
}

/// Where a backup goes: standard output, or a new file that has its name once it is whole.
struct BackupOutput: ~Copyable {
    let descriptor: Int32
    /// The file, and what it is called until it is whole; nil for standard output.
    private let paths: (whole: String, part: String)?

    /// Where it is while it is written.
    var path: String { paths?.part ?? "-" }

    init(_ path: String) throws {
        (descriptor, paths) = try path == "-" ? Self.standardOutput() : Self.newFile(path)
    }

    private typealias Opened = (descriptor: Int32, paths: (whole: String, part: String)?)

    private static func standardOutput() throws -> Opened {
        guard isatty(STDOUT_FILENO) == 0 else {
            throw Complaint(
                "a terminal is no place for an archive", hint: "name a file, or use a pipe"
            ).exit(EX_USAGE)
        }
        return (STDOUT_FILENO, nil)
    }

    private static func newFile(_ path: String) throws -> Opened {
        let part = "\(path).part"
        guard unsafe access(path, F_OK) != 0 else {
            throw complaint(path, EEXIST, "name a file that is not there yet")
        }
        let descriptor = unsafe open(
            part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw complaint(
                part, errno,
                errno == EEXIST
                    ? "a backup that goes on is writing it, or one has left it that was ended; "
                        + "remove it in this case" : nil)
        }
        return (descriptor, (path, part))
    }

    deinit {
        guard let paths else { return }
        close(descriptor)
        // Where the file has got its name, there is nothing of this one.
        unsafe unlink(paths.part)
    }

    /// Waits until all of it stands on the disk, and gives it its name.
    func finish() throws {
        guard let paths else { return }
        guard fsync(descriptor) == 0, unsafe rename(paths.part, paths.whole) == 0 else {
            throw Complaint("\(paths.whole): \(unsafe String(cString: strerror(errno)))")
                .exit(EX_IOERR)
        }
    }

    private static func complaint(_ path: String, _ code: Int32, _ hint: String?) -> ExitCode {
        Complaint("\(path): \(unsafe String(cString: strerror(code)))", hint: hint)
            .exit(EX_CANTCREAT)
    }
}
