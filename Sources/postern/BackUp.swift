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
            again; it ends with a checksum. Mail and text messages on their way are left out: they \
            would be sent once more.

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
        var output = try BackupOutput(file)
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
            try archive.finish(modifiedAt: now.seconds)
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
