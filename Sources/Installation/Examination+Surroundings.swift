internal import Accounts
internal import Cryptography
internal import FlatFiles
internal import Glibc

// What is around the files: whose they are, how much room there is, and whether the clock can be
// right.

extension Examination {
    /// Looks at the owner and the mode of everything that the programs have made (P28, A63).
    static func strangers(in data: DataDirectory) -> [Defect] {
        var defects: [Defect] = []
        func look(_ above: Directory, _ name: String) {
            do throws(FileError) {
                guard try above.kind(of: name) == .directory,
                    let directory = try above.directory(name)
                else { return }
                for name in try directory.names() { look(directory, name) }
            } catch {
                defects.append(Defect(error.description))
            }
        }
        for name in [
            "accounts", "addresses", "confirmations", "throttles", "forms", "spool", "keys",
        ] {
            look(data.directory, name)
        }
        let most = 20
        guard defects.count > most else { return defects }
        let rest = Defect("\(data.path): files that are not of this user alone: \(defects.count)")
        return defects.prefix(most) + [rest]
    }

    /// Looks whether the file system is about to be full.
    static func room(in data: DataDirectory) -> [Defect] {
        var system = statvfs()
        guard unsafe statvfs(data.path, &system) == 0 else { return [] }
        var defects: [Defect] = []
        let megabytes = (system.f_bavail * system.f_frsize) >> 20
        if megabytes < fewestMegabytes {
            defects.append(
                Defect(
                    "\(data.path): megabytes that are free: \(megabytes)",
                    remedy: "make room; with a full disk nobody can sign in"))
        }
        // Some file systems count no inodes, and say that they have none.
        if system.f_files > 0, system.f_favail < fewestInodes {
            defects.append(
                Defect(
                    "\(data.path): files that can be made still: \(system.f_favail)",
                    remedy: "remove files; an account takes three"))
        }
        return defects
    }

    private static var fewestMegabytes: UInt { 64 }
    private static var fewestInodes: UInt { 3000 }

    /// Looks for what has happened in the future, and so tells that the clock was set back (P7).
    static func clock(of site: InstalledSite, _ data: DataDirectory, at now: Timestamp) -> [Defect]
    {
        let remedy = "set the clock; links, sessions and codes of apps depend on it"
        let keysMade = (site.keys.index.last?.createdAt).map(Timestamp.init(seconds:))
        var defects: [Defect] = []
        if let keysMade, keysMade > now + tolerance {
            defects.append(
                Defect(
                    "\(data.path)/keys/ring: a key was made in the future, at \(keysMade.text)",
                    remedy: remedy))
        }
        if let written = try? data.directory.openFile("log")?.modifiedAt(),
            Timestamp(seconds: written) > now + tolerance
        {
            defects.append(
                Defect(
                    "\(data.path)/log: it was written in the future, at "
                        + Timestamp(seconds: written).text, remedy: remedy))
        }
        return defects
    }

    /// How far two clocks may be apart, in seconds.
    private static var tolerance: Int64 { Duration.minute }

    /// Looks whether the keys that are to be rotated ever are (P6).
    static func age(
        ofKeysOf site: InstalledSite, _ data: DataDirectory, at now: Timestamp
    ) -> [Defect] {
        guard let made = site.keys.index.last?.createdAt else { return [] }
        let days = (now.seconds - made) / Duration.day
        guard days > longestDaysOfKey else { return [] }
        return [
            Defect(
                "\(data.path)/keys/ring: the newest key is \(days) days old",
                remedy: "run 'postern keys rotate' once a month")
        ]
    }

    private static var longestDaysOfKey: Int64 { 400 }
}
