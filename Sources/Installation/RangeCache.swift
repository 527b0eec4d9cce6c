internal import Accounts
internal import BreachedPasswords
package import FlatFiles

/// What a service has said of ranges of breached passwords, kept for all processes.
///
///     breached/5/5BAA6    the range of a prefix, whole, behind a line with its length
///     breached/pause      as old as the last time that the service gave no answer
///
/// A file says that somebody's password began like this, as a thousand others do; it does not say
/// which one. Sixteen directories share the limit, so that keeping a range looks at a sixteenth of
/// them, and no process has to know what another one keeps.
package struct RangeCache: Sendable {
    static let directoryName = "breached"
    /// For how many seconds a service is left alone that gave no answer.
    private static let pauseSeconds = 60
    private static let pauseName = "pause"
    /// How many bytes a range can have, with the line before it.
    private static let mostBytesOfFile = 2 << 20

    private let root: Directory
    private let limit: Int
    private let lifetime: Int

    /// Names the directory, which is made when there is something to keep.
    ///
    /// - Parameters:
    ///   - root: The directory above.
    ///   - limit: How many bytes the ranges can have together; the oldest make room.
    ///   - lifetime: For how many seconds a range is right.
    package init(
        in root: Directory, atMost limit: Int = 64 << 20, lifetime: Int = Int(30 * Duration.day)
    ) {
        self.root = root
        self.limit = limit
        self.lifetime = lifetime
    }

    /// Removes what is too old, and what crashes left behind.
    package func sweep() throws(FileError) {
        guard let directory = try root.directory(Self.directoryName) else { return }
        try directory.sweep(olderThan: Int(Duration.hour))
        for name in Self.shards {
            guard let shard = try directory.directory(name) else { continue }
            try shard.sweep(olderThan: Int(Duration.hour))
            for range in try shard.ranges() where range.age > lifetime {
                try shard.remove(range.name, surviving: .kill)
            }
        }
    }

    /// The range of a prefix, if it is there, whole and not too old.
    func range(of prefix: RangePrefix) throws(FileError) -> RangeAnswer? {
        let path = "\(Self.directoryName)/\(Self.shard(of: prefix))/\(prefix.text)"
        guard let age = try root.age(of: path), age <= lifetime,
            let file = try root.read(path, atMost: Self.mostBytesOfFile)
        else { return nil }
        return Self.answer(inFile: file).flatMap { RangeAnswer($0) }
    }

    /// Keeps the range of a prefix; a loss of power may undo that, and is noticed.
    func keep(_ answer: [UInt8], of prefix: RangePrefix) throws(FileError) {
        let shard = try root.made(Self.directoryName).made(Self.shard(of: prefix))
        try shard.replace(prefix.text, with: Self.file(with: answer), surviving: .kill)

        var length = 0
        for range in try shard.ranges().sorted(by: { $0.age < $1.age }) {
            length += range.length
            if length > limit / Self.shards.count {
                try shard.remove(range.name, surviving: .kill)
            }
        }
    }

    /// Whether the service is to be left alone.
    var isPaused: Bool {
        get throws(FileError) {
            let age = try root.age(of: "\(Self.directoryName)/\(Self.pauseName)")
            return age.map { (0..<Self.pauseSeconds).contains($0) } ?? false
        }
    }

    /// Lets every process leave the service alone for a while.
    func pause() throws(FileError) {
        try root.made(Self.directoryName).replace(Self.pauseName, with: [], surviving: .kill)
    }

    // MARK: - Places and files

    private static let shards = "0123456789ABCDEF".map { String($0) }

    private static func shard(of prefix: RangePrefix) -> String { String(prefix.text.prefix(1)) }

    private static func file(with answer: [UInt8]) -> [UInt8] {
        Array("range \(answer.count)\n".utf8) + answer
    }

    private static func answer(inFile file: [UInt8]) -> [UInt8]? {
        guard let end = file.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let answer = Array(file[(end + 1)...])
        return Self.file(with: answer) == file ? answer : nil
    }
}

extension Directory {
    /// The files of ranges in a directory, without unfinished ones.
    fileprivate func ranges() throws(FileError) -> [(name: String, age: Int, length: Int)] {
        var ranges: [(name: String, age: Int, length: Int)] = []
        for name in try names() where !name.hasPrefix(".") {
            // Another process may have removed it meanwhile.
            guard let age = try age(of: name), let length = try length(of: name) else { continue }
            ranges.append((name, age, length))
        }
        return ranges
    }
}
