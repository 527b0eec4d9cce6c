package import Accounts
internal import FlatFiles
private import Glibc

/// The file `log` of the data directory, one line per entry.
///
/// It is opened anew for each line, so that it can be renamed at any time, as logrotate does.
package struct LogFile: Sendable {
    private let directory: Directory

    init(in directory: Directory) {
        self.directory = directory
    }

    /// Writes an entry; a crash may lose it, but never half of it.
    ///
    /// An entry that cannot be written goes to standard error with the reason, which is the web
    /// server's own log. A request is not refused for it.
    package func write(_ entry: LogEntry) {
        do {
            try append(entry)
        } catch {
            let text = "\(entry.line)\naccount: error: \(error)\n"
            _ = unsafe Glibc.write(STDERR_FILENO, text, text.utf8.count)
        }
    }

    /// Makes sure that the log is a file of this user alone, or not there yet.
    func check() throws(FileError) {
        do {
            _ = try directory.read("log", atMost: 0)
        } catch  where error.problem == .tooLong(limit: 0) {
            // It passed everything else.
        }
    }

    private func append(_ entry: LogEntry) throws(FileError) {
        let lock = try directory.lock("log.lock")
        try directory.append(Array(entry.line.utf8), to: "log", atMost: .max, surviving: .kill)
        lock.release()
    }
}
