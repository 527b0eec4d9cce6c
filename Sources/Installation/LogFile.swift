package import Accounts
internal import FlatFiles

/// The file `log` of the data directory, one line per entry.
package struct LogFile: Sendable {
    private let file: LineFile

    init(in directory: Directory) {
        file = LineFile("log", in: directory)
    }

    /// Writes an entry.
    package func write(_ entry: LogEntry) {
        file.add(entry.line)
    }

    /// Makes sure that the log is a file of this user alone, or not there yet.
    func check() throws(FileError) {
        try file.check()
    }
}
