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
        draft = self.output + ".new-\(getpid())"
        let files = FileManager.default
        guard files.fileExists(atPath: self.output) else { return }
        guard
            let contents = try? files.contentsOfDirectory(atPath: self.output),
            contents.isEmpty || contents.contains(Self.mark)
        else { throw .occupied(path: output) }
    }

    /// Writes all files beside their place and moves them there in one step each.
    func publish(
        _ files: [String: [UInt8]], templates: [UInt8], at templatesPath: String
    ) throws(SiteError) {
        let manager = FileManager.default
        defer { try? manager.removeItem(atPath: draft) }
        let templatesDraft = templatesPath + ".new-\(getpid())"
        defer { try? manager.removeItem(atPath: templatesDraft) }

        do {
            try write(
                "Written by `postern build`, and replaced as a whole by the next.\n".utf8, Self.mark
            )
            for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
                try write(bytes, path)
            }
            try Data(templates).write(to: URL(filePath: templatesDraft))
        } catch {
            throw .unwritable(path: draft, reason: error.localizedDescription)
        }
        try exchange()
        guard unsafe rename(templatesDraft, templatesPath) == 0 else {
            throw unwritable(templatesPath)
        }
    }

    private func write(_ bytes: some Sequence<UInt8>, _ path: String) throws {
        let file = URL(filePath: draft).appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Puts the draft in the place of the output, which becomes the draft.
    private func exchange() throws(SiteError) {
        if unsafe rename(draft, output) == 0 {
            return  // there was nothing, or an empty directory
        }
        guard
            unsafe renameat2(AT_FDCWD, draft, AT_FDCWD, output, postern_rename_exchange) == 0
        else { throw unwritable(output) }
    }

    private func unwritable(_ path: String) -> SiteError {
        .unwritable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
