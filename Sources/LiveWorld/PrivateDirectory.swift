internal import AccountSite
internal import Accounts
private import Glibc
internal import HTTP

/// The directory of files that the program itself hands out.
///
/// Nothing outside of it can be reached: a path is followed name by name, and neither a symbolic link
/// nor a name that begins with a dot is followed at all (A61, A64).
struct PrivateDirectory {
    private let path: String

    init(path: String) {
        self.path = path
    }

    /// Opens what lies at a path of the site.
    ///
    /// - Returns: nil if there is nothing to be handed out.
    /// - Throws: `StoreError` if the directory itself, or what lies there, cannot be read.
    func open(_ sitePath: SitePath) throws(StoreError) -> PrivateFile? {
        var names = sitePath.text.utf8.split(separator: UInt8(ascii: "/"))
            .map { String(Substring($0)) }
        guard !names.contains(where: { $0.utf8.first == UInt8(ascii: ".") }) else { return nil }
        if sitePath.text.utf8.last == UInt8(ascii: "/") { names.append("index.html") }

        guard var place = try open(path, at: AT_FDCWD, O_DIRECTORY) else {
            throw StoreError.unavailable("cannot open \(path): it is missing or no directory")
        }
        for name in names.dropLast() {
            let above = place
            defer { close(above) }
            guard let below = try open(name, at: above, O_DIRECTORY | O_NOFOLLOW) else {
                return nil
            }
            place = below
        }
        defer { close(place) }
        let name = names.last ?? ""
        // A pipe that somebody put there must not block.
        guard let descriptor = try open(name, at: place, O_NONBLOCK | O_NOFOLLOW) else {
            return nil
        }
        var status = stat()
        if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            return .directory
        }
        return OpenFile(descriptor: descriptor).map { .file($0, name: name) }
    }

    private func open(
        _ name: String, at directory: Int32, _ flags: Int32
    ) throws(StoreError) -> Int32? {
        let descriptor = unsafe openat(directory, name, O_RDONLY | O_CLOEXEC | flags)
        guard descriptor < 0 else { return descriptor }
        // ELOOP is a symbolic link; ENXIO a socket.
        guard ![ENOENT, ENOTDIR, ELOOP, ENXIO, ENAMETOOLONG].contains(errno) else { return nil }
        throw .unavailable(
            "cannot open \(name) below \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
