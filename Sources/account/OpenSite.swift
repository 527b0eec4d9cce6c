import AccountSite
import Accounts
import Glibc
import Installation
import LiveWorld
import Sandbox

/// The installation as it stands on disk, opened once and again only when a file of it was replaced.
///
/// So new keys, a new configuration and new templates count from the next request on, in every
/// process, and a defect that the operator has mended needs no restart. Only `trusted-proxies` counts
/// from the start of a process, and what it can reach at all from its first look at a whole site.
///
/// While requests come without a pause, the files are looked at every half millisecond.
struct OpenSite {
    /// What was opened, and the files of which it came.
    struct Opened {
        let world: World
        fileprivate let files: [FileStamp]

        fileprivate init(_ world: World, from files: [FileStamp]) {
            self.world = world
            self.files = files
        }
    }

    private var opened: Opened?
    /// When the files were looked at last, by ``now``.
    private var lookedAt = 0
    /// What this process has left itself; nil as long as it has given nothing up.
    private var sandbox: Sandbox?
    /// What was said last about a site that cannot be opened; it is said once.
    private var complaint = ""

    /// What the pages can reach.
    ///
    /// - Throws: `InstallationError` with everything that is wrong, which has been told to the web
    ///   server's log and to ours.
    mutating func current() throws(InstallationError) -> Opened {
        let now = Self.now
        if let opened, now - lookedAt < 500_000 { return opened }
        lookedAt = now
        if let opened, opened.files.allSatisfy(\.isUnchanged) { return opened }
        opened = nil
        do {
            let data = try DataDirectory(path: try Self.dataDirectory)
            let site = try open(data)
            complaint = ""
            return site
        } catch {
            if complaint != error.description {
                complaint = error.description
                complain(complaint)
            }
            throw error
        }
    }

    private mutating func open(_ data: DataDirectory) throws(InstallationError) -> Opened {
        do {
            if let sandbox { try data.check(within: sandbox) }
            let site = try InstalledSite(data)
            if sandbox == nil { sandbox = try data.enterSandbox(site.configuration) }
            let files = Self.files(of: site, in: data).map(FileStamp.init)
            let current = Opened(World(site), from: files)
            opened = current
            lookedAt = Self.now
            return current
        } catch {
            let failure = LogEntry.Event.failure(status: 503, reason: error.description)
            data.log.write(LogEntry(failure, at: Timestamp(seconds: Int64(time(nil)))))
            throw error
        }
    }

    /// Nanoseconds on a clock that nobody sets.
    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static var dataDirectory: String {
        get throws(InstallationError) {
            guard let path = unsafe getenv("POSTERN_DATA") else {
                throw InstallationError([
                    Defect(
                        "POSTERN_DATA is not set",
                        remedy: "let the web server's configuration name the data directory in it")
                ])
            }
            return unsafe String(cString: path)
        }
    }

    private static func files(of site: InstalledSite, in data: DataDirectory) -> [String] {
        let named = [site.configuration.pepper, site.configuration.breaches.filter]
        return [
            "\(data.path)/postern.conf", "\(data.path)/keys/ring", "\(data.path)/keys/factors",
            "\(data.path)/\(DataDirectory.importedName)", site.configuration.forms,
        ] + named.compactMap(\.self).map(data.absolute)
    }
}

/// Which file stood at a path: another one has another number or another time.
struct FileStamp {
    private struct Identity: Equatable {
        let number: UInt
        let length, seconds, nanoseconds: Int
    }

    private let path: String
    private let identity: Identity?

    init(_ path: String) {
        self.path = path
        identity = Self.identity(of: path)
    }

    var isUnchanged: Bool { Self.identity(of: path) == identity }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Identity(
            number: status.st_ino, length: status.st_size, seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
    }
}

/// Tells the web server's log what is wrong, a line each.
func complain(_ problems: String) {
    for problem in problems.split(separator: "\n") {
        let line = "account: error: \(problem)\n"
        _ = unsafe write(STDERR_FILENO, line, line.utf8.count)
    }
}
