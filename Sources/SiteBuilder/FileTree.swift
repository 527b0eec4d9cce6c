import Glibc

/// The files below a directory.
enum FileTree {
    /// A file, and by what one can tell that it was written again.
    struct Entry {
        /// The path below the directory.
        let path: String
        let stamp: Stamp
    }

    struct Stamp: Equatable {
        let seconds: Int
        let nanoseconds: Int
        let size: Int
        let node: UInt
    }

    /// Finds all regular files, in the order of their paths.
    ///
    /// - Returns: `nil` if there is no such directory.
    static func files(below root: String) -> [Entry]? {
        var entries: [Entry] = []
        guard collect(root, "", into: &entries) else { return nil }
        return entries.sorted { $0.path < $1.path }
    }

    /// Finds all directories, the first of them the root.
    static func directories(below root: String) -> [String] {
        var directories = [root]
        var next = 0
        while next < directories.count {
            let parent = directories[next]
            next += 1
            for (name, kind) in names(in: parent) ?? [] where kind != DT_REG {
                let path = parent + "/" + name
                if status(of: path).map({ $0.st_mode & S_IFMT == S_IFDIR }) ?? false {
                    directories.append(path)
                }
            }
        }
        return directories
    }

    private static func collect(
        _ root: String, _ prefix: String, into entries: inout [Entry]
    ) -> Bool {
        guard let names = names(in: prefix.isEmpty ? root : root + "/" + prefix) else {
            return false
        }
        for (name, _) in names {
            let path = prefix.isEmpty ? name : prefix + "/" + name
            guard let status = status(of: root + "/" + path) else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                entries.append(
                    Entry(
                        path: path,
                        stamp: Stamp(
                            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
                            size: status.st_size, node: status.st_ino)))
            case S_IFDIR:
                _ = collect(root, path, into: &entries)
            default:
                break
            }
        }
        return true
    }

    private static func names(in directory: String) -> [(name: String, kind: Int)]? {
        guard let stream = unsafe opendir(directory) else { return nil }
        defer { unsafe closedir(stream) }
        var names: [(String, Int)] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." {
                names.append((name, unsafe Int(entry.pointee.d_type)))
            }
        }
        return names
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// Reads a file.
    static func contents(of path: String, size: Int) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        // One more than there should be shows the end at once.
        var room = size + 1
        while true {
            let before = bytes.count
            var count = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
                count = unsafe read(descriptor, buffer.baseAddress, room)
                initialized = max(count, 0)
            }
            guard count >= 0 else { return nil }
            bytes = before == 0 ? chunk : bytes + chunk
            guard count == room else { return bytes }
            room = 1 << 16
        }
    }
}
