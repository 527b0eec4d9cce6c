import CDeflate

/// Compresses files for web servers that hand out what lies compressed beside a file.
///
/// The same bytes give the same file: no time and no name stands in it (RFC 1952 §2.3).
@safe final class Gzip {
    private let compressor: OpaquePointer

    /// What is shorter is not worth a second file.
    static let fewestBytes = 200

    // Beyond this, pages of some kilobytes get smaller by a thousandth only, until level 10 takes
    // four times as long.
    private static let level: Int32 = 6

    private static let suffixes: Set<Substring> = [
        "atom", "css", "html", "json", "svg", "txt", "webmanifest", "xml",
    ]

    init() {
        guard let compressor = unsafe libdeflate_alloc_compressor(Self.level) else {
            fatalError("no memory to compress with")
        }
        unsafe self.compressor = compressor
    }

    deinit {
        unsafe libdeflate_free_compressor(compressor)
    }

    /// Tells whether a file is compressed: text of some length.
    static func isWorthwhile(_ path: String, _ bytes: [UInt8]) -> Bool {
        guard bytes.count >= fewestBytes, let dot = path.lastIndex(of: ".") else { return false }
        return suffixes.contains(path[path.index(after: dot)...])
    }

    /// Returns the bytes as a gzip file.
    func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = unsafe libdeflate_gzip_compress_bound(compressor, bytes.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            count = unsafe bytes.withUnsafeBytes { input in
                unsafe libdeflate_gzip_compress(
                    compressor, input.baseAddress, input.count, output.baseAddress, bound)
            }
            precondition(count > 0, "the bound is kept")
        }
    }
}
