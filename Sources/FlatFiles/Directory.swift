private import CLinux
private import Glibc

/// A directory of small files that belong to this user alone, held open.
///
/// Files are named relative to it, by a name or by a path such as `ab/name` below it. Names are
/// made by the program, never by a visitor (A61). Reading and writing follow no symbolic link and
/// refuse files with a second name, of another user, or open to others (A63).
package final class Directory: Sendable {
    /// Where it was found, for a sentence about it.
    package let path: String
    let descriptor: Descriptor

    /// Opens a directory that has mode 0700 and belongs to this user.
    ///
    /// - Parameter path: Its path, whose last part is no symbolic link.
    /// - Throws: `FileError` if it is not there or not as it should be.
    package convenience init(path: String) throws(FileError) {
        let slash = UInt8(ascii: "/")
        // A slash at the end would follow a symbolic link.
        var trimmed = path.utf8[...]
        while trimmed.count > 1, trimmed.last == slash { trimmed.removeLast() }
        let path = String(Substring(trimmed))
        guard let descriptor = try Self.open(path, at: AT_FDCWD, path: path) else {
            throw FileError(.open, path, .missing)
        }
        try descriptor.checkLocal()
        try self.init(descriptor)
    }

    /// Makes a directory, or finds that there is one, and opens it.
    ///
    /// - Parameter path: Its path; the directory above is there.
    /// - Returns: The directory.
    /// - Throws: `FileError`.
    package static func make(path: String) throws(FileError) -> Directory {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last(.make, path) }
        let directory = try Directory(path: path)
        let above = try Descriptor.open(
            "..", at: directory.descriptor.number, O_RDONLY | O_DIRECTORY, path: "\(path)/..")
        try above?.sync()
        return directory
    }

    private init(_ descriptor: consuming Descriptor) throws(FileError) {
        try Descriptor.checkOwner(try descriptor.status(), of: descriptor.path)
        path = descriptor.path
        self.descriptor = descriptor
    }

    private static func open(
        _ name: String, at directory: Int32, path: String
    ) throws(FileError) -> Descriptor? {
        do throws(FileError) {
            return try Descriptor.open(name, at: directory, O_RDONLY | O_DIRECTORY, path: path)
        } catch {
            // O_DIRECTORY calls a symbolic link no directory, which is right and says too little.
            var status = stat()
            guard
                unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFLNK
            else { throw error }
            throw FileError(.open, path, .symbolicLink)
        }
    }

    /// The path of something below the directory.
    package func path(of name: String) -> String { "\(path)/\(name)" }
}

// MARK: - Directories below

extension Directory {
    /// Opens a directory below.
    ///
    /// - Returns: nil if there is none of that name.
    package func directory(_ name: String) throws(FileError) -> Directory? {
        precondition(Self.isBelow(name), "a name leads downwards")
        guard
            let found = try Self.open(name, at: descriptor.number, path: path(of: name))
        else { return nil }
        return try Directory(found)
    }

    /// Makes a directory and waits until its name stands on the disk.
    ///
    /// - Returns: Whether it was made; false if there was one.
    @discardableResult
    package func makeDirectory(_ name: String) throws(FileError) -> Bool {
        guard try makeDirectory(name, surviving: .kill) else { return false }
        try descriptor.sync()
        return true
    }

    /// Makes a directory, whose name stands on the disk after the next sync.
    ///
    /// - Returns: Whether it was made; false if there was one.
    @discardableResult
    package func makeDirectory(
        _ name: String, surviving crash: Crash
    ) throws(FileError) -> Bool {
        precondition(Self.isBelow(name), "a name leads downwards")
        guard unsafe mkdirat(descriptor.number, name, 0o700) == 0 else {
            guard errno == EEXIST else { throw .last(.make, path(of: name)) }
            return false
        }
        return true
    }

    /// Removes a directory with the files in it, and those of the directories below.
    ///
    /// Where it is not there, nothing happens.
    package func removeDirectory(_ name: String) throws(FileError) {
        guard let directory = try directory(name) else { return }
        try directory.removeContents()
        guard unsafe unlinkat(descriptor.number, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw .last(.remove, path(of: name))
        }
    }

    /// Removes the files in the directory, and the directories below with all that is in them.
    package func removeContents() throws(FileError) {
        for name in try names() {
            try removeEntry(name)
        }
    }

    private func removeEntry(_ name: String) throws(FileError) {
        guard unsafe unlinkat(descriptor.number, name, 0) != 0, errno != ENOENT else { return }
        guard errno == EISDIR else { throw .last(.remove, path(of: name)) }
        try removeDirectory(name)
    }

    /// Waits until the names in the directory stand on the disk as they are.
    package func sync() throws(FileError) {
        try descriptor.sync()
    }

    /// Whether something of that name is there.
    package func contains(_ name: String) throws(FileError) -> Bool {
        try age(of: name) != nil
    }

    /// The names of what is in the directory, in no order.
    package func names() throws(FileError) -> [String] {
        // The stream owns its descriptor and its place in the directory.
        let number = unsafe openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .last(.list, path) }
        guard let stream = unsafe fdopendir(number) else {
            close(number)
            throw .last(.list, path)
        }
        defer { unsafe closedir(stream) }

        var names: [String] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .last(.list, path) }
        return names
    }

    /// Whether a name or path stays below the directory it is relative to.
    static func isBelow(_ name: String) -> Bool {
        // How many dots a part has, as long as it has nothing else.
        var dots: Int? = 0
        func isName() -> Bool { dots.map { $0 > 2 } ?? true }
        for byte in name.utf8 {
            switch byte {
            case 0: return false
            case UInt8(ascii: "/"):
                guard isName() else { return false }
                dots = 0
            case UInt8(ascii: "."): dots = dots.map { $0 + 1 }
            default: dots = nil
            }
        }
        return isName()
    }
}

extension Descriptor {
    /// Refuses the disk of another machine (P18).
    fileprivate func checkLocal() throws(FileError) {
        var system = statfs()
        guard unsafe fstatfs(number, &system) == 0 else { throw .last(.open, path) }
        let remote = [
            postern_nfs_super_magic, postern_cifs_super_magic, postern_smb2_super_magic,
        ]
        guard !remote.contains(system.f_type) else { throw FileError(.open, path, .remote) }
    }
}
