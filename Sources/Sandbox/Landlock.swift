internal import CLinux
private import Glibc

/// The rules of which paths and ports stay within reach (landlock(7)).
enum Landlock {
    /// Gives up all paths and ports but those of a sandbox, if the kernel has Landlock.
    static func enter(_ sandbox: Sandbox) throws(SandboxError) {
        guard let version = try Kernel.landlockVersion else { return }
        let ruleset = Int32(postern_landlock_create(.all(ofVersion: version)))
        guard ruleset >= 0 else { throw .last("landlock_create_ruleset") }
        defer { close(ruleset) }

        let known = FileRights.all(ofVersion: version)
        for path in sandbox.readable {
            try allow(FileRights.reading, path, in: ruleset)
        }
        for path in sandbox.writable {
            try allow(FileRights.writing & known, path, in: ruleset)
        }
        if version >= 4 {
            for port in sandbox.ports {
                guard postern_landlock_add_port(ruleset, NetworkRights.connect, port) == 0 else {
                    throw .last("landlock_add_rule \(port)")
                }
            }
        }
        guard postern_landlock_enter(ruleset) == 0 else { throw .last("landlock_restrict_self") }
    }

    private static func allow(
        _ rights: UInt64, _ path: String, in ruleset: Int32
    ) throws(SandboxError) {
        let descriptor = unsafe open(path, postern_o_path | O_CLOEXEC)
        // What cannot be reached anyway needs no rule.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last(path) }
        let isDirectory = status.st_mode & S_IFMT == S_IFDIR
        let rights = isDirectory ? rights : rights & FileRights.ofFiles
        guard postern_landlock_add_path(ruleset, rights, descriptor) == 0 else {
            throw .last("landlock_add_rule \(path)")
        }
    }
}

/// What can be done to files, as linux/landlock.h numbers it.
private enum FileRights {
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readDirectory: UInt64 = 1 << 3
    private static let removeDirectory: UInt64 = 1 << 4
    private static let removeFile: UInt64 = 1 << 5
    private static let makeDirectory: UInt64 = 1 << 7
    private static let makeFile: UInt64 = 1 << 8
    private static let truncate: UInt64 = 1 << 14

    static let reading = readFile | readDirectory
    static let writing =
        reading | writeFile | removeDirectory | removeFile | makeDirectory | makeFile | truncate
    /// Those that a file itself can have, and not only a directory.
    static let ofFiles = readFile | writeFile | truncate

    /// All that a version knows: to run a program, to make a device and to speak to one, too.
    static func all(ofVersion version: Int) -> UInt64 {
        let count =
            switch version {
            case 1: 13
            case 2: 14
            case 3, 4: 15
            default: 16
            }
        return 1 << count - 1
    }
}

private enum NetworkRights {
    static let bind: UInt64 = 1 << 0
    static let connect: UInt64 = 1 << 1
}

extension postern_landlock_ruleset {
    /// Everything that a version can take away: files, ports, and other processes (signals, and
    /// sockets without a path).
    fileprivate static func all(ofVersion version: Int) -> Self {
        Self(
            files: FileRights.all(ofVersion: version),
            network: version >= 4 ? NetworkRights.bind | NetworkRights.connect : 0,
            scopes: version >= 6 ? 0b11 : 0)
    }
}
