package import Accounts
internal import FlatFiles

/// The file `log` of the data directory, one line per entry.
package struct LogFile: Sendable {
    private static let name = "log"

    private let file: LineFile
    private let directory: Directory

    init(in directory: Directory) {
        self.directory = directory
        file = LineFile(Self.name, in: directory)
    }

    /// Writes an entry.
    package func write(_ entry: LogEntry) {
        file.add(entry.line)
    }

    /// Reads it from its beginning.
    package func reader() -> LogReader { LogReader(Self.name, in: directory) }

    /// Reads the one before it, as logrotate names it while it is not compressed.
    package func readerOfLast() -> LogReader { LogReader("\(Self.name).1", in: directory) }

    /// Makes sure that the log is a file of this user alone, or not there yet.
    func check() throws(FileError) {
        try file.check()
    }
}
