import Glibc
internal import Synchronization

/// The bytes of compiled templates, mapped, and each template checked once.
///
/// After the check every offset, target and depth is good, whatever wrote the file.
@safe final class TemplateFile: Sendable {
    let path: String
    /// The languages of the templates; the site's own comes first.
    let languages: [String]
    /// The templates that were checked, by their positions in the file.
    private let entries: Mutex<[TemplateEntry?]>

    // Nothing writes to the memory between mapping and unmapping.
    nonisolated(unsafe) private let memory: UnsafeBufferPointer<UInt8>
    private let layout: TemplateLayout

    /// Maps a file.
    ///
    /// Whoever replaces the file must rename a new one into its place, as `postern build` does: a
    /// mapped file that is cut short takes the program with it.
    init(path: String) throws(TemplateError) {
        self.path = path
        unsafe memory = try Self.map(path)
        do throws(TemplateError) {
            layout = try unsafe TemplateLayout(of: memory.span, path: path)
            unsafe languages = layout.languages(in: memory.span)
            entries = Mutex([TemplateEntry?](repeating: nil, count: layout.templateCount))
        } catch {
            unsafe Self.unmap(memory)
            throw error
        }
    }

    deinit {
        unsafe Self.unmap(memory)
    }

    /// The names of the templates, in the order of the file.
    var names: [String] { unsafe layout.names(in: memory.span) }

    /// Finds a template in a language, or in the site's own, and checks it if nobody has.
    func entry(_ name: String, _ language: String) throws(TemplateError) -> TemplateEntry {
        guard let position = unsafe layout.position(of: name, language, in: memory.span) else {
            throw .missing(template: name)
        }
        if let entry = entries.withLock({ $0[position] }) { return entry }
        let entry = try unsafe layout.entry(at: position, in: memory.span, path: path)
        entries.withLock { $0[position] = entry }
        return entry
    }

    /// Checks every template.
    func verify() throws(TemplateError) {
        try unsafe layout.verify(in: memory.span, path: path)
    }

    /// The operation at a position among all operations of the file.
    func operation(at position: Int) -> Operation {
        let offset = layout.operations + position * Operation.byteCount
        guard let operation = unsafe Operation(at: offset, in: memory.span) else {
            preconditionFailure("the operations were checked")
        }
        return operation
    }

    /// Appends a run of the pool.
    func appendText(at offset: Int, count: Int, to output: inout [UInt8]) {
        let start = layout.pool + offset
        unsafe output.append(contentsOf: memory[start..<(start + count)])
    }
}

// MARK: - Mapping

extension TemplateFile {
    private static func map(_ path: String) throws(TemplateError) -> UnsafeBufferPointer<UInt8> {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { _ = close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw .notTemplates(file: path)
        }
        let count = Int(status.st_size)
        guard
            let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            unsafe address != MAP_FAILED
        else { throw unreadable(path) }
        return unsafe UnsafeBufferPointer(
            start: address.assumingMemoryBound(to: UInt8.self), count: count)
    }

    private static func unmap(_ memory: UnsafeBufferPointer<UInt8>) {
        unsafe _ = munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    }

    private static func unreadable(_ path: String) -> TemplateError {
        .unreadable(file: path, reason: unsafe String(cString: strerror(errno)))
    }
}
