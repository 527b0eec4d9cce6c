import CLinux
import Foundation

/// Puts a finished site in the place of the one before.
struct Publisher {
    private let output: String
    private let draft: String

    /// The file by which a directory shows that a build wrote it, and that a build may replace it.
    private static let mark = ".postern-site"

    /// Prepares to publish at a path.
    ///
    /// - Throws: `SiteError.occupied` if something is there that no build wrote.
    init(output: String) throws(SiteError) {
        let path = URL(filePath: output).standardizedFileURL.path(percentEncoded: false)
        self.output = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        draft = Self.draft(of: self.output)
        let files = FileManager.default
        guard files.fileExists(atPath: self.output) else { return }
        guard
            let contents = try? files.contentsOfDirectory(atPath: self.output),
            contents.isEmpty || contents.contains(Self.mark)
        else { throw .occupied(path: output) }
    }

    /// Writes all files beside their place, and only then moves them there, in one step each.
    ///
    /// - Parameters:
    ///   - files: The files of the site by path.
    ///   - templates: The file of compiled templates.
    ///   - templatesPath: Where that goes.
    /// - Throws: `SiteError.unwritable`; what was published before is then still there.
    func publish(
        _ files: [String: [UInt8]], templates: [UInt8], at templatesPath: String
    ) throws(SiteError) {
        let templatesDraft = Self.draft(of: templatesPath)
        defer {
            try? FileManager.default.removeItem(atPath: draft)
            try? FileManager.default.removeItem(atPath: templatesDraft)
        }
        let mark = "Written by `postern build`, and replaced as a whole by the next.\n"
        try makeDirectory(draft)
        try write(Array(mark.utf8), to: draft + "/" + Self.mark, for: output)
        var directories: Set<Substring> = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            for slash in path.indices where path[slash] == "/" {
                if directories.insert(path[..<slash]).inserted {
                    try makeDirectory(draft + "/" + path[..<slash])
                }
            }
            try write(bytes, to: draft + "/" + path, for: output)
        }
        try write(templates, to: templatesDraft, for: templatesPath)
        try exchange()
        guard unsafe rename(templatesDraft, templatesPath) == 0 else {
            throw unwritable(templatesPath)
        }
    }

    private static func draft(of path: String) -> String { "\(path).new-\(getpid())" }

    /// Puts the draft in the place of the output, which becomes the draft.
    private func exchange() throws(SiteError) {
        if unsafe rename(draft, output) == 0 {
            return  // there was nothing, or an empty directory
        }
        guard
            unsafe renameat2(AT_FDCWD, draft, AT_FDCWD, output, postern_rename_exchange) == 0
        else { throw unwritable(output) }
    }

    private func makeDirectory(_ path: String) throws(SiteError) {
        guard unsafe mkdir(path, 0o755) == 0 else { throw unwritable(output) }
    }

    private func write(
        _ bytes: [UInt8], to path: String, for goal: String
    ) throws(SiteError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw unwritable(goal) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw unwritable(goal) }
            rest = rest.dropFirst(count)
        }
    }

    private func unwritable(_ path: String) -> SiteError {
        .unwritable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
