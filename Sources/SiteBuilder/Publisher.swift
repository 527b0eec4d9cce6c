import CLinux
import Foundation
import Hypertext

/// Puts a finished site in the place of the one before.
///
/// A build writes into a draft beside the output, and the two change places in one step. Whoever
/// builds again and again keeps the draft: what it lacks of the site that took its place is known,
/// so that a build writes what has changed, however large the site is.
final class Publisher: SiteSink {
    private let output: String
    private let draft: String
    private let isLasting: Bool
    private let gzip: Gzip?

    /// The files of the site that was published, without the mark; `nil` before the first.
    private var published: Set<String>?
    /// The files of the site that is being built.
    private var built: Set<String> = []
    /// The files by which the draft may differ from the output; `nil` if it must be made first.
    private var dirty: Set<String>?
    private var prints: [String: UInt64] = [:]
    private var newPrints: [String: UInt64] = [:]
    private var directories: Set<Substring> = []

    /// The file by which a directory shows that a build wrote it, and that a build may replace it.
    private static let mark = ".postern-site"

    /// Prepares to publish at a path.
    ///
    /// - Parameters:
    ///   - output: The path.
    ///   - isLasting: Whether more than one site will be published.
    ///   - compresses: Whether text is written compressed too, beside itself.
    /// - Throws: `SiteError.occupied` if something is there that no build wrote.
    init(output: String, isLasting: Bool, compresses: Bool) throws(SiteError) {
        gzip = compresses ? Gzip() : nil
        let path = URL(filePath: output).standardizedFileURL.path(percentEncoded: false)
        self.output = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.isLasting = isLasting
        draft = Self.draft(of: self.output)
        let files = FileManager.default
        guard files.fileExists(atPath: self.output) else { return }
        guard
            let contents = try? files.contentsOfDirectory(atPath: self.output),
            contents.isEmpty || contents.contains(Self.mark)
        else { throw .occupied(path: output) }
    }

    deinit {
        removeDraft()
    }

    // MARK: - One build

    /// Makes the draft ready: empty, or like the site that was published before.
    func begin() throws(SiteError) {
        built = []
        newPrints = [:]
        guard let published else {
            removeDraft()
            try makeDirectory(draft)
            let mark = "Written by `postern build`, and replaced as a whole by the next.\n"
            try write(Array(mark.utf8), to: draft + "/" + Self.mark, for: output)
            dirty = []
            return
        }
        try catchUp(with: published)
    }

    func put(_ bytes: [UInt8], at path: String) throws(SiteError) {
        if isLasting {
            var hash = StableHash()
            hash.combine(bytes)
            newPrints[path] = hash.value
            if prints[path] == hash.value, published?.contains(path) == true {
                return try keep(path)
            }
        }
        try replace(path, with: bytes)
        if let gzip, Gzip.isWorthwhile(path, bytes) {
            try replace(path + ".gz", with: gzip.compress(bytes))
        }
    }

    func keep(_ path: String) throws(SiteError) {
        newPrints[path] = prints[path]
        built.insert(path)
        if published?.contains(path + ".gz") == true {
            built.insert(path + ".gz")
        }
    }

    /// Moves what was built to its place, and the templates to theirs, in one step each.
    ///
    /// - Parameters:
    ///   - templates: The file of compiled templates; nil for a site that has none.
    ///   - templatesPath: Where that goes.
    /// - Throws: `SiteError.unwritable`; what was published before is then still there.
    func publish(templates: [UInt8]?, at templatesPath: String) throws(SiteError) {
        let templatesDraft = Self.draft(of: templatesPath)
        defer { unlink(templatesDraft) }
        for path in (published ?? []).subtracting(built) {
            remove(path)
        }
        unlink(templatesDraft)
        if let templates {
            try write(templates, to: templatesDraft, for: templatesPath)
        }
        let hadPublished = published != nil
        try exchange()
        published = built
        prints = newPrints
        if !hadPublished {
            removeDraft()  // an earlier build's site, of which nothing is known
        }
        if templates != nil, unsafe rename(templatesDraft, templatesPath) != 0 {
            throw unwritable(templatesPath)
        }
        if isLasting {
            try catchUp(with: built)
        }
    }

    // MARK: - The draft

    private static func draft(of path: String) -> String { "\(path).new-\(getpid())" }

    private func removeDraft() {
        try? FileManager.default.removeItem(atPath: draft)
        dirty = nil
        directories = []
    }

    /// Makes the draft like the output, from which it differs by the dirty files.
    private func catchUp(with published: Set<String>) throws(SiteError) {
        var missing = dirty ?? published.union([Self.mark])
        if dirty == nil {
            removeDraft()
            try makeDirectory(draft)
        }
        while let path = missing.popFirst() {
            remove(path)
            if published.contains(path) || path == Self.mark {
                try makeDirectories(above: path)
                guard unsafe link(output + "/" + path, draft + "/" + path) == 0 else {
                    throw unwritable(output)
                }
            }
        }
        dirty = []
    }

    /// Writes a file of the draft; the output's of the same name may be the same file, and stays.
    private func replace(_ path: String, with bytes: [UInt8]) throws(SiteError) {
        built.insert(path)
        dirty?.insert(path)
        try makeDirectories(above: path)
        if published != nil {
            unlink(draft + "/" + path)
        }
        try write(bytes, to: draft + "/" + path, for: output)
    }

    /// Removes a file of the draft, and the directories that it leaves empty.
    private func remove(_ path: String) {
        dirty?.insert(path)
        unlink(draft + "/" + path)
        var parent = path[...]
        while let slash = parent.lastIndex(of: "/") {
            parent = parent[..<slash]
            guard unsafe rmdir(draft + "/" + parent) == 0 else { break }
            directories.remove(parent)
        }
    }

    /// Puts the draft in the place of the output, which becomes the draft.
    private func exchange() throws(SiteError) {
        directories = []
        if unsafe rename(draft, output) == 0 {
            dirty = nil
            return  // there was nothing, or an empty directory
        }
        guard
            unsafe renameat2(AT_FDCWD, draft, AT_FDCWD, output, postern_rename_exchange) == 0
        else { throw unwritable(output) }
    }

    // MARK: - Files

    private func makeDirectories(above path: String) throws(SiteError) {
        guard let last = path.lastIndex(of: "/"), !directories.contains(path[..<last]) else {
            return
        }
        for slash in path.indices where path[slash] == "/" {
            if directories.insert(path[..<slash]).inserted {
                try makeDirectory(draft + "/" + path[..<slash])
            }
        }
    }

    private func makeDirectory(_ path: String) throws(SiteError) {
        guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else { throw unwritable(output) }
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

    private func unlink(_ path: String) {
        _ = unsafe Foundation.unlink(path)
    }

    private func unwritable(_ path: String) -> SiteError {
        .unwritable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
