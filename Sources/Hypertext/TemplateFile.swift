import Glibc

/// The bytes of compiled templates, mapped and checked once.
///
/// After the check every offset, target and depth is good, whatever wrote the file.
@safe final class TemplateFile: Sendable {
    let path: String
    /// The templates in the order of the file.
    let entries: [TemplateEntry]

    // Nothing writes to the memory between mapping and unmapping.
    nonisolated(unsafe) private let memory: UnsafeBufferPointer<UInt8>
    private let layout: TemplateLayout

    /// Maps and checks a file.
    ///
    /// Whoever replaces the file must rename a new one into its place, as `postern build` does: a
    /// mapped file that is cut short takes the program with it.
    init(path: String) throws(TemplateError) {
        self.path = path
        unsafe memory = try Self.map(path)
        do throws(TemplateError) {
            layout = try unsafe TemplateLayout(of: memory.span, path: path)
            entries = try unsafe layout.entries(in: memory.span, path: path)
        } catch {
            unsafe Self.unmap(memory)
            throw error
        }
    }

    deinit {
        unsafe Self.unmap(memory)
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
