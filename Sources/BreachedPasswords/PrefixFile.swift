private import Glibc

/// A file of a list that was downloaded in parts: `00000.txt` or `00000`, by the first five digits
/// of the hashes in it, of which its lines have the others.
struct PrefixFile {
    static let digitCount = 5
    /// How many there are of a whole list.
    static let wholeCount = 1 << (4 * digitCount)

    let prefix: UInt32
    let name: String

    /// Takes the name of a file.
    ///
    /// - Returns: nil if it is named otherwise.
    init?(name: String) {
        let digits = name.utf8.prefix(Self.digitCount)
        let suffix = name.utf8.dropFirst(Self.digitCount)
        guard
            digits.count == Self.digitCount, digits.first != UInt8(ascii: "+"),
            suffix.isEmpty || suffix.elementsEqual(".txt".utf8),
            let prefix = UInt32(name.prefix(Self.digitCount), radix: 16)
        else { return nil }
        self.prefix = prefix
        self.name = name
    }

    /// The files of a directory, in the order of their hashes; nil if it is no directory.
    static func all(in path: String) throws(BreachListError) -> [PrefixFile]? {
        guard let stream = unsafe opendir(path) else {
            guard errno == ENOTDIR else {
                throw .unreadable(path: path, reason: "\(SystemError.last)")
            }
            return nil
        }
        defer { unsafe closedir(stream) }
        var files: [PrefixFile] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let file = PrefixFile(name: name) { files.append(file) }
        }
        guard !files.isEmpty else { throw .noPrefixes(path: path) }
        return files.sorted { $0.prefix < $1.prefix }
    }
}
