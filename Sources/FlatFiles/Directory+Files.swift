private import CLinux
private import Glibc

// A file is never changed in place: a reader, a copy made while the program runs, and whoever comes
// after a crash see either all of the old bytes or all of the new ones. The steps of a change:
//
//     1  open a new file `.new-…` which nobody can guess
//     2  write all bytes
//     3  fsync the file                 (surviving .powerLoss)
//     4  rename it to its name
//     5  fsync the directory            (surviving .powerLoss)
//
// An end of the process before step 4 leaves a file `.new-…`, which `sweep` removes, and nothing
// else. If a step fails, the new file is removed and the error thrown. Only a replacement of which
// step 5 fails stands although it was not confirmed: it is whole, and a loss of power may undo it.

extension Directory {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - name: Its name, or a path below the directory.
    ///   - limit: How many bytes it can have; a longer file is refused.
    /// - Returns: Its bytes, or nil if there is no such file.
    /// - Throws: `FileError`.
    package func read(_ name: String, atMost limit: Int) throws(FileError) -> [UInt8]? {
        // A pipe that somebody put there must not block.
        guard let file = try open(name, O_RDONLY | O_NONBLOCK) else { return nil }
        return try file.read(try file.checkFile(atMost: limit))
    }

    /// Puts a file in its place, and takes the place of the one that was there.
    package func replace(
        _ name: String, with bytes: [UInt8], surviving crash: Crash = .powerLoss
    ) throws(FileError) {
        _ = try put(name, bytes, surviving: crash, replacing: true)
    }

    /// Puts a file in its place if there is none of that name.
    ///
    /// - Returns: Whether it was made. Of several processes that try at once, one is told so.
    package func create(
        _ name: String, with bytes: [UInt8], surviving crash: Crash = .powerLoss
    ) throws(FileError) -> Bool {
        try put(name, bytes, surviving: crash, replacing: false)
    }

    /// Adds a line to the end of a file, which is made if there is none.
    ///
    /// Of a line that a crash or a full disk cut off, nothing stays. Whoever appends holds a lock
    /// which others who append would need.
    ///
    /// - Parameters:
    ///   - line: The line without its line break, and with none inside.
    ///   - name: The file's name.
    ///   - limit: How many bytes the file can have.
    ///   - crash: What the line outlives.
    /// - Returns: The length of the file in bytes.
    /// - Throws: `FileError`.
    @discardableResult
    package func append(
        _ line: [UInt8], to name: String, atMost limit: Int, surviving crash: Crash = .powerLoss
    ) throws(FileError) -> Int {
        let newline = UInt8(ascii: "\n")
        precondition(!line.contains(newline), "a line is one line")
        guard let file = try open(name, O_RDWR | O_CREAT | O_APPEND) else {
            throw FileError(.open, path(of: name), .missing)
        }
        var length = try file.checkFile(atMost: limit)
        if length > 0, try file.read(1, from: length - 1) != [newline] {
            length = try file.read(length).lastIndex(of: newline).map { $0 + 1 } ?? 0
            try file.cut(to: length)
        }
        do {
            try file.write(line + [newline])
            if crash == .powerLoss {
                try file.sync()
                if length == 0 { try sync() }
            }
        } catch {
            try? file.cut(to: length)
            throw error
        }
        return length + line.count + 1
    }

    /// Removes a file.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    package func remove(
        _ name: String, surviving crash: Crash = .powerLoss
    ) throws(FileError) -> Bool {
        precondition(Self.isBelow(name), "a name leads downwards")
        guard unsafe unlinkat(descriptor.number, name, 0) == 0 else {
            guard errno == ENOENT else { throw .last(.remove, path(of: name)) }
            return false
        }
        if crash == .powerLoss { try sync() }
        return true
    }
}

extension Directory {
    /// With what the name of a file begins that has not got its name yet.
    static let newFilePrefix = ".new-"

    func open(_ name: String, _ flags: Int32) throws(FileError) -> Descriptor? {
        precondition(Self.isBelow(name), "a name leads downwards")
        return try Descriptor.open(name, at: descriptor.number, flags, path: path(of: name))
    }

    private func put(
        _ name: String, _ bytes: [UInt8], surviving crash: Crash, replacing: Bool
    ) throws(FileError) -> Bool {
        precondition(
            Self.isBelow(name) && !name.contains("/"), "a change is made where the file is")
        var generator = SystemRandomNumberGenerator()
        let temporary =
            Self.newFilePrefix + String(generator.next(), radix: 16)
            + String(generator.next(), radix: 16)
        do {
            try write(bytes, to: temporary, surviving: crash)
            guard try rename(temporary, to: name, replacing: replacing) else {
                unsafe unlinkat(descriptor.number, temporary, 0)
                return false
            }
        } catch {
            // The first error is the one to tell; what stays, the sweeper removes.
            unsafe unlinkat(descriptor.number, temporary, 0)
            throw error
        }
        guard crash == .powerLoss else { return true }
        do {
            try sync()
        } catch {
            if !replacing { unsafe unlinkat(descriptor.number, name, 0) }
            throw error
        }
        return true
    }

    private func write(
        _ bytes: [UInt8], to name: String, surviving crash: Crash
    ) throws(FileError) {
        guard let file = try open(name, O_WRONLY | O_CREAT | O_EXCL) else {
            throw FileError(.open, path(of: name), .missing)
        }
        try file.write(bytes)
        if crash == .powerLoss { try file.sync() }
    }

    private func rename(
        _ old: String, to new: String, replacing: Bool
    ) throws(FileError) -> Bool {
        let flags = replacing ? 0 : postern_rename_noreplace
        guard unsafe renameat2(descriptor.number, old, descriptor.number, new, flags) == 0 else {
            guard !replacing, errno == EEXIST else { throw .last(.rename, path(of: new)) }
            return false
        }
        return true
    }
}

extension Descriptor {
    /// Cuts off what stands behind a length.
    fileprivate func cut(to length: Int) throws(FileError) {
        guard ftruncate(number, length) == 0 else { throw .last(.write, path) }
    }
}
